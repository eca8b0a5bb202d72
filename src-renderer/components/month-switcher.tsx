import { ActionIcon, Button, Group } from "@mantine/core";
import { MonthPickerInput } from "@mantine/dates";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useCallback } from "react";
import { addMonths } from "#domain/calendar.ts";
import { useShortcut } from "#renderer/app/shortcuts.ts";

type Props = {
  month: string;
  current: string;
  /** What the month `current` is called. */
  currentLabel?: string;
  onChange: (month: string) => void;
};

/** Steps through the months by button or by ← and →. */
export function MonthSwitcher({ month, current, currentLabel = "本月", onChange }: Props) {
  const step = useCallback((by: number) => onChange(addMonths(month, by)), [month, onChange]);
  useShortcut(
    "←",
    "上个月",
    useCallback(() => step(-1), [step]),
  );
  useShortcut(
    "→",
    "下个月",
    useCallback(() => step(1), [step]),
  );
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon variant="default" size={36} aria-label="上个月" onClick={() => step(-1)}>
        <IconChevronLeft size={18} />
      </ActionIcon>
      <MonthPickerInput
        aria-label={`月份 ${month}`}
        w={106}
        valueFormat="YYYY-MM"
        value={`${month}-01`}
        onChange={(date) => date && onChange(date.slice(0, 7))}
      />
      <ActionIcon variant="default" size={36} aria-label="下个月" onClick={() => step(1)}>
        <IconChevronRight size={18} />
      </ActionIcon>
      <Button variant="subtle" disabled={month === current} onClick={() => onChange(current)}>
        {currentLabel}
      </Button>
    </Group>
  );
}
