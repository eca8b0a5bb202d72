/** The program's one window, its folder dialog and its downloads. */
import { join } from "node:path";
import { app, BrowserWindow, dialog, type OpenDialogOptions, type Session } from "electron";
import { PAGE_ORIGIN } from "./app-protocol.ts";

/** What a page of ours may and may not reach; spelled out although most are Electron's defaults. */
const lockedDown = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
} as const;

/** Opens the window on our page; it is shown when there is something to see. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: "连心桥",
    webPreferences: { ...lockedDown, preload, spellcheck: false, devTools: !app.isPackaged },
  });
  window.once("ready-to-show", () => window.show());
  window.webContents.on("render-process-gone", (_event, details) => {
    if (details.reason !== "clean-exit") window.webContents.reload();
  });
  window.loadURL(`${PAGE_ORIGIN}/`).catch((error: unknown) => console.error(error));
  return window;
}

/** A window that is never shown and runs no script, for printing. */
export function hiddenWindow(session: Session): BrowserWindow {
  return new BrowserWindow({ show: false, webPreferences: { ...lockedDown, session, javascript: false } });
}

/** The system's folder dialog; null when cancelled. */
export async function pickFolder(window: BrowserWindow): Promise<string | null> {
  const options: OpenDialogOptions = { title: "选择文件夹", properties: ["openDirectory", "createDirectory"] };
  const { filePaths } = await dialog.showOpenDialog(window, options);
  return filePaths[0] ?? null;
}

/** Every file the page hands out is saved where the clerk says. */
export function askWhereToSave(session: Session): void {
  session.on("will-download", (_event, item) => {
    item.setSaveDialogOptions({ title: "保存文件", defaultPath: join(app.getPath("downloads"), item.getFilename()) });
  });
}
