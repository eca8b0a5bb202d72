/** A drawer with a form: Esc, × and 取消 ask before typed changes are thrown away. */
import { Drawer, type DrawerProps } from "@mantine/core";
import { createContext, use, useEffect, useMemo, useRef } from "react";
import { askConfirm } from "./confirm.tsx";

type Guard = { setDirty: (dirty: boolean) => void; close: () => void };

const GuardContext = createContext<Guard | null>(null);

export function FormDrawer({ onClose, children, ...rest }: DrawerProps) {
  const isDirty = useRef(false);
  const latestClose = useRef(onClose);
  useEffect(() => {
    latestClose.current = onClose;
  });
  const guard = useMemo<Guard>(
    () => ({
      setDirty: (dirty) => {
        isDirty.current = dirty;
      },
      close: () => {
        if (!isDirty.current) return latestClose.current();
        askConfirm({
          title: "还没有保存",
          message: "刚才填写的内容还没有保存，关闭后不能找回。",
          confirm: "不保存，关闭",
          danger: true,
          onConfirm: () => latestClose.current(),
        });
      },
    }),
    [],
  );
  const frame = useRef<HTMLDivElement>(null);
  // Esc reaches every open window: one above this drawer takes it for itself.
  const isOnTop = () => frame.current?.closest('[role="dialog"]') === openDialogs().at(-1);
  return (
    <Drawer {...rest} onClose={() => isOnTop() && guard.close()} closeOnClickOutside={false}>
      <div ref={frame}>
        <GuardContext value={guard}>{children}</GuardContext>
      </div>
    </Drawer>
  );
}

const openDialogs = () => [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')];

/** Tells the surrounding FormDrawer whether there is something to lose; returns its guarded close, if there is one. */
export function useFormGuard(isDirty: boolean): (() => void) | undefined {
  const guard = use(GuardContext);
  useEffect(() => {
    guard?.setDirty(isDirty);
    return () => guard?.setDirty(false);
  }, [guard, isDirty]);
  return guard?.close;
}
