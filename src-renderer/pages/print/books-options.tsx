import { Group, SegmentedControl } from "@mantine/core";
import { MonthPickerInput, YearPickerInput } from "@mantine/dates";
import { addMonths, monthOf } from "#domain/calendar.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { BooksOffice } from "#renderer/pages/books/books-office.tsx";
import type { PrintSearch } from "./search.ts";

type Props = { kind: "month" | "period"; search: PrintSearch; onChange: (next: PrintSearch) => void };

/** Which month, quarter or year, and whose books. */
export function BooksOptions({ kind, search, onChange }: Props) {
  const { asOf } = useLightDate();
  const { month = addMonths(monthOf(asOf), -1), year = Number(asOf.slice(0, 4)), quarter, officeId } = search;
  return (
    <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
      {kind === "month" ? (
        <MonthPickerInput
          aria-label={`月份 ${month}`}
          w={110}
          valueFormat="YYYY-MM"
          value={`${month}-01`}
          onChange={(date) => date && onChange({ month: date.slice(0, 7) })}
        />
      ) : (
        <>
          <YearPickerInput
            aria-label={`年度 ${year}`}
            w={90}
            valueFormat="YYYY"
            value={`${year}-01-01`}
            onChange={(date) => date && onChange({ year: Number(date.slice(0, 4)) })}
          />
          <SegmentedControl
            aria-label="季度"
            size="xs"
            data={[
              { value: "0", label: "全年" },
              ...["1", "2", "3", "4"].map((value) => ({ value, label: `${value}季度` })),
            ]}
            value={String(quarter ?? 0)}
            onChange={(value) => onChange({ quarter: value === "0" ? undefined : Number(value) })}
          />
        </>
      )}
      <BooksOffice value={officeId} onChange={(id) => onChange({ officeId: id })} />
    </Group>
  );
}
