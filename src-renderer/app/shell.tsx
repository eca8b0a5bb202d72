/** Frame of every page: header, navigation, banners, the page itself. */
import { useDisclosure } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { QuickIssue } from "#renderer/pages/issues/quick-issue.tsx";
import { QuickVisit } from "#renderer/pages/visits/quick-visit.tsx";
import { Banners } from "./banners.tsx";
import { Header } from "./header.tsx";
import { Navigation } from "./navigation.tsx";
import { Palette } from "./palette/palette.tsx";
import classes from "./shell.module.css";
import { ShortcutDialog } from "./shortcut-dialog.tsx";
import { listenForShortcuts, useShortcut } from "./shortcuts.ts";
import { undoWrite } from "./undo.tsx";
import { useHelp } from "./use-help.ts";

export function Shell() {
  const [helpOpened, help] = useDisclosure(false);
  const undoLast = useCallback(() => void undoWrite(), []);
  useEffect(listenForShortcuts, []);
  const openHelp = useHelp();
  useShortcut("F1", "打开这一页的帮助", openHelp, { whileTyping: true });
  useShortcut("?", "显示快捷键", help.open);
  useShortcut("Ctrl+Z", "撤销本次打开后的上一步保存", undoLast);
  return (
    <div className={classes.shell}>
      <Header onHelp={openHelp} onShortcuts={help.open} />
      <Navigation />
      <main className={classes.main}>
        <Banners />
        <div className={classes.page}>
          <Outlet />
        </div>
      </main>
      <QuickVisit />
      <QuickIssue />
      <Palette />
      <ShortcutDialog opened={helpOpened} onClose={help.close} />
    </div>
  );
}
