/** Asks before what was entered and not saved is left behind: by a link, by another month, or with the window. */
import { useBlocker } from "@tanstack/react-router";
import { useCallback, useEffect, useRef } from "react";
import { askConfirm } from "#renderer/components/confirm.tsx";

/** Returns a function that leaves at once or after the clerk gave `unsaved` cells up. */
export function useLeaveGuard(unsaved: number, onDiscard: () => void): (leave: () => void) => void {
  const state = useRef({ unsaved, onDiscard });
  useEffect(() => {
    state.current = { unsaved, onDiscard };
  });
  const mayLeave = useCallback((): Promise<boolean> => {
    const { unsaved, onDiscard } = state.current;
    if (unsaved === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      askConfirm({
        title: "还没有保存",
        message: `有 ${unsaved} 格填写的内容还没有保存，离开后不能找回。`,
        confirm: "不保存，离开",
        danger: true,
        onConfirm: () => {
          onDiscard();
          resolve(true);
        },
        onCancel: () => resolve(false),
      });
    });
  }, []);
  useBlocker({
    shouldBlockFn: async ({ current, next }) => current.pathname !== next.pathname && !(await mayLeave()),
    enableBeforeUnload: () => state.current.unsaved > 0,
  });
  return useCallback((leave) => void mayLeave().then((may) => may && leave()), [mayLeave]);
}
