import { type RefObject, useEffect, useRef } from "react";

/**
 * Files pasted anywhere on the page, while the panel `ref` is what the clerk works on: not behind an open dialog.
 * Text pasted into a field stays text, also when the clipboard holds a picture of it.
 */
export function usePastedFiles(ref: RefObject<HTMLElement | null>, enabled: boolean, onFiles: (files: File[]) => void) {
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    if (!enabled) return;
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      const isText = event.clipboardData?.types.includes("text/plain") && isTextField(event.target);
      if (files.length === 0 || isText || event.defaultPrevented || isCovered(ref.current)) return;
      event.preventDefault();
      latest.current(files);
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [ref, enabled]);
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, [contenteditable]") !== null;
}

function isCovered(panel: HTMLElement | null): boolean {
  const top = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].at(-1);
  return panel === null || (top !== undefined && !top.contains(panel));
}
