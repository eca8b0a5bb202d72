/** Keyboard shortcuts of the page now shown; the ? dialog lists exactly those that work. */
import { useEffect, useSyncExternalStore } from "react";

type Shortcut = { keys: string; label: string; run: () => void; whileTyping: boolean };

let active: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Shortcut[]) {
  active = next;
  for (const listener of listeners) listener();
}

/**
 * Binds `keys` ("n", "/", "?", "Ctrl+Z", "F1") while the calling component is mounted. `whileTyping`: also from within
 * a field, for keys that type nothing.
 */
export function useShortcut(keys: string, label: string, run: () => void, { whileTyping = false } = {}): void {
  useEffect(() => {
    const shortcut = { keys, label, run, whileTyping };
    change([...active, shortcut]);
    return () => change(active.filter((each) => each !== shortcut));
  }, [keys, label, run, whileTyping]);
}

export function useActiveShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => active,
  );
}

/** Starts listening; returns the stop function. Typing fields, open dialogs and input methods keep their keys. */
export function listenForShortcuts(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented || event.altKey) return;
    // The browser's own help knows nothing of this program.
    if (event.key === "F1") event.preventDefault();
    if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
    const keys = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${keyName(event.key)}`.toUpperCase();
    const shortcut = active.findLast((each) => each.keys.toUpperCase() === keys);
    if (!shortcut || (ownsKey(event) && !shortcut.whileTyping)) return;
    event.preventDefault();
    shortcut.run();
  };
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}

/** Arrows by their sign; a Chinese input method may turn the key of "/" into "、" and of "?" into "？". */
const names: Record<string, string> = { "、": "/", "？": "?", ArrowLeft: "←", ArrowRight: "→", ArrowDown: "↓" };

/** Does what a shortcut of the page does, for a field that hands on one of its keys; false where none is bound. */
export function runShortcut(keys: string): boolean {
  const shortcut = active.findLast((each) => each.keys === keys);
  shortcut?.run();
  return shortcut !== undefined;
}

function keyName(key: string): string {
  return names[key] ?? key;
}

/** Where keys are typed into a field; a box to tick or choose keeps its own keys, but has nothing that Ctrl would undo. */
function ownsKey({ target, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isChoice = target.matches("input[type=radio], input[type=checkbox]");
  if (isChoice && (ctrlKey || metaKey)) return false;
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}
