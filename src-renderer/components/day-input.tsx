import type { DateInputProps } from "@mantine/dates";
import { DateInput } from "@mantine/dates";
import { localDate } from "#domain/calendar.ts";
import { parseDateText } from "./date-text.ts";

type Props = Omit<DateInputProps, "value" | "onChange"> & {
  value: string | null;
  onChange: (value: string | null) => void;
};

/** A day, typed as 2026-11-22 or 20261122, or picked. */
export function DayInput({ value, onChange, ...rest }: Props) {
  return (
    <DateInput
      {...rest}
      value={value}
      onChange={onChange}
      valueFormat="YYYY-MM-DD"
      dateParser={(text) => parseDateText(text, localDate(new Date()))}
      placeholder="如 2026-11-22 或 20261122"
      clearable={!rest.required}
      clearButtonProps={{ "aria-label": "清除日期" }}
      highlightToday
      ariaLabels={{ nextMonth: "下月", previousMonth: "上月" }}
    />
  );
}
