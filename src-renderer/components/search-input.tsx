import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { runShortcut, useShortcut } from "#renderer/app/shortcuts.ts";

type Props = {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  width?: number;
};

const PAUSE_MS = 150;

/** A search field with the focus key "/"; waits for a pause in typing and for the input method to finish. */
export function SearchInput({ label, placeholder, value, onChange, width = 250 }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [isComposing, setComposing] = useState(false);
  const sent = useRef(value);
  useShortcut(
    "/",
    label,
    useCallback(() => input.current?.focus(), []),
  );
  // A value changed from outside (清除条件, back) replaces the text; our own echo does not.
  useEffect(() => {
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (isComposing || text.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      onChange(text.trim());
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, isComposing, onChange]);
  return (
    <TextInput
      ref={input}
      aria-label={label}
      placeholder={placeholder}
      maxLength={100}
      w={width}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label="清除搜索" onClick={() => setText("")} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        // From the words to what they found.
        if (event.key === "ArrowDown" && !event.nativeEvent.isComposing && runShortcut("↓")) event.preventDefault();
      }}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}
