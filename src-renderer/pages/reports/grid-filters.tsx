import { Anchor, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReportCounts, type ReportFilter, reportStates } from "#contract/monthly-reports.ts";
import { settingText } from "#domain/setting-text.ts";
import { auditStates, keysOf } from "#domain/values.ts";
import { api } from "#renderer/app/rpc.ts";
import { useSettings } from "#renderer/app/use-settings.ts";
import { Chip } from "#renderer/components/chip.tsx";
import { MonthSwitcher } from "#renderer/components/month-switcher.tsx";
import { OfficeFilter } from "#renderer/components/office-filter.tsx";
import { SearchInput } from "#renderer/components/search-input.tsx";
import { SettingBasis } from "#renderer/components/setting-basis.tsx";
import type { ReportsSearch } from "./search.ts";

type Props = {
  month: string;
  current: string;
  filter: ReportFilter;
  /** How many projects are shown by themselves, whatever the filter. */
  chosenOnly: number | undefined;
  counts: ReportCounts | undefined;
  onChange: (next: Partial<ReportsSearch>) => void;
  onAll: () => void;
};

export function GridFilters({ month, current, filter, chosenOnly, counts, onChange, onAll }: Props) {
  const { state = "all" } = filter;
  return (
    <Group gap={10} mb={6} style={{ flexShrink: 0 }}>
      <MonthSwitcher month={month} current={current} onChange={(next) => onChange({ month: next })} />
      {chosenOnly === undefined ? (
        <Group gap={6} role="group" aria-label="状态">
          {keysOf(reportStates).map((value) => (
            <Chip key={value} isPressed={state === value} onClick={() => onChange({ state: value })}>
              {reportStates[value]} {counts?.[value].toLocaleString("zh-CN") ?? ""}
            </Chip>
          ))}
        </Group>
      ) : (
        <Button size="compact-sm" variant="light" onClick={onAll}>
          只看 {chosenOnly} 个项目，点击看全部
        </Button>
      )}
      <OtherMonths month={month} onChange={onChange} />
    </Group>
  );
}

const dueKey = "report.stages";

/** Whose report is due: what makes the number of 未报. */
export function DueStages() {
  const stages = settingText({ key: dueKey, value: useSettings()[dueKey], unit: "" });
  return (
    <Text size="xs" c="var(--text-quiet)" component="div">
      应报：{stages}；未填阶段的也算。 <SettingBasis keys={[dueKey]} />
    </Text>
  );
}

/** Which projects. */
export function GridSearch({ filter: { search, officeId }, onChange }: Pick<Props, "filter" | "onChange">) {
  return (
    <Group gap={6} ml="auto" wrap="nowrap">
      <SearchInput
        label="搜索项目"
        placeholder="名称、拼音首字母"
        width={190}
        value={search ?? ""}
        onChange={(text) => onChange({ search: text || undefined })}
      />
      <OfficeFilter width={128} value={officeId} onChange={(officeId) => onChange({ officeId })} />
    </Group>
  );
}

/** Reports of other months that still wait for somebody. */
function OtherMonths({ month, onChange }: Pick<Props, "month" | "onChange">) {
  const { data = [] } = useQuery(api.monthlyReports.waiting.queryOptions());
  const others = data.filter((entry) => entry.month !== month).slice(0, 2);
  if (others.length === 0) return null;
  return (
    <Text size="xs" c="var(--text-quiet)">
      其他月份：
      {others.map((entry) => (
        <Anchor
          key={`${entry.month} ${entry.state}`}
          component="button"
          type="button"
          size="xs"
          mr={8}
          onClick={() => onChange({ month: entry.month, state: entry.state })}
        >
          {entry.month} {entry.state === "submitted" ? "待审核" : auditStates[entry.state]} {entry.count}
        </Anchor>
      ))}
    </Text>
  );
}
