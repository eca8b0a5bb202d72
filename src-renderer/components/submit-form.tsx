import { Kbd, Text } from "@mantine/core";
import type { FormEvent, KeyboardEvent, ReactNode } from "react";

/** A form that Ctrl+Enter submits from any of its fields; what it checks it says itself. */
export function SubmitForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSubmit();
      }}
      onKeyDown={onCtrlEnter(onSubmit)}
    >
      {children}
    </form>
  );
}

/** Key handler for Ctrl+Enter, which an input method may still need for itself. */
export function onCtrlEnter(run: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Enter" || !event.ctrlKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    run();
  };
}

/** "Ctrl + Enter", and what it does. */
export function SubmitHint({ does = "" }: { does?: string }) {
  return (
    <Text size="xs" c="var(--text-quiet)">
      <Kbd size="xs">Ctrl</Kbd> + <Kbd size="xs">Enter</Kbd> {does}
    </Text>
  );
}
