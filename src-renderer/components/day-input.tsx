import { ActionIcon, Popover, TextInput, type TextInputProps } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useDisclosure } from "@mantine/hooks";
import { IconCalendar } from "@tabler/icons-react";
import { useState } from "react";
import { localDate } from "#domain/calendar.ts";
import { parseDateText } from "./date-text.ts";

type Props = Omit<TextInputProps, "value" | "onChange" | "onInvalid" | "rightSection"> & {
  value: string | null;
  onChange: (value: string | null) => void;
  /** Called with true while the typed text is no day. */
  onInvalid?: (invalid: boolean) => void;
};

/** A day, typed as 2026-11-22 or 20261122; the calendar opens only by its button and never covers a form. */
export function DayInput({ value, onChange, onInvalid, error, ...rest }: Props) {
  const [text, setText] = useState(value ?? "");
  const [read, setRead] = useState(value);
  const [isLeft, setLeft] = useState(false);
  const [opened, calendar] = useDisclosure(false);
  // A value changed from outside replaces the text.
  if (value !== read) {
    setRead(value);
    setText(value ?? "");
  }
  const isBad = text.trim() !== "" && parseDateText(text, localDate(new Date())) === null;

  const take = (input: string) => {
    const parsed = parseDateText(input, localDate(new Date()));
    setText(input);
    setLeft(false);
    setRead(parsed);
    onInvalid?.(input.trim() !== "" && parsed === null);
    if (parsed !== value) onChange(parsed);
  };
  return (
    <TextInput
      placeholder="如 2026-11-22"
      maxLength={20}
      {...rest}
      value={text}
      onChange={(event) => take(event.currentTarget.value)}
      // A day already there is typed over, as in a cell of a table.
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => {
        setLeft(true);
        if (!isBad) setText(value ?? "");
      }}
      error={isBad && isLeft ? "应为日期，如 2026-11-22 或 20261122" : error}
      rightSection={
        <Popover opened={opened} onChange={(open) => !open && calendar.close()} position="bottom-end" trapFocus>
          <Popover.Target>
            <ActionIcon tabIndex={-1} disabled={rest.disabled} aria-label="打开日历" onClick={calendar.toggle}>
              <IconCalendar size={16} aria-hidden />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <DatePicker
              value={value}
              defaultDate={value ?? undefined}
              onChange={(day) => {
                take(day ?? "");
                calendar.close();
              }}
            />
          </Popover.Dropdown>
        </Popover>
      }
    />
  );
}
