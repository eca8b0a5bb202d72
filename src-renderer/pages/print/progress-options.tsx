import { Group, Text } from "@mantine/core";
import { MonthPickerInput } from "@mantine/dates";
import { addMonths } from "#domain/calendar.ts";
import { maxMonths } from "#domain/paper.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { ProjectFilters } from "#renderer/pages/projects/project-filters.tsx";
import { PaperChoice } from "./paper-choice.tsx";
import type { PrintSearch } from "./search.ts";
import { sheetMonths } from "./sheet-months.ts";

type Props = { search: PrintSearch; onChange: (next: PrintSearch) => void };

/** Paper and months of the progress sheet, and which projects are on it. */
export function ProgressOptions({ search, onChange }: Props) {
  const { asOf } = useLightDate();
  const { paper, fromMonth, month } = sheetMonths(search, asOf);
  const { filter = {} } = search;
  return (
    <>
      <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
        <PaperChoice paper={paper} onChange={onChange} />
        <Month
          label="起始月份"
          value={fromMonth}
          min={addMonths(month, 1 - maxMonths(paper))}
          max={month}
          onChange={(value) => onChange({ fromMonth: value })}
        />
        <Text size="sm">至</Text>
        <Month label="截止月份" value={month} onChange={(value) => onChange({ month: value, fromMonth: undefined })} />
        <Text size="sm" c="var(--text-quiet)">
          {paper} 横向最多 {maxMonths(paper)} 个月；灯号按 {asOf}（在页眉“灯号日期”更换）。
        </Text>
      </Group>
      <ProjectFilters
        filter={filter}
        onChange={(next) => onChange({ filter: { ...filter, ...next } })}
        onClear={() => onChange({ filter: undefined })}
      />
    </>
  );
}

type MonthProps = { label: string; value: string; min?: string; max?: string; onChange: (month: string) => void };

function Month({ label, value, min, max, onChange }: MonthProps) {
  return (
    <MonthPickerInput
      aria-label={`${label} ${value}`}
      w={110}
      valueFormat="YYYY-MM"
      minDate={min && `${min}-01`}
      maxDate={max && `${max}-01`}
      value={`${value}-01`}
      onChange={(date) => date && onChange(date.slice(0, 7))}
    />
  );
}
