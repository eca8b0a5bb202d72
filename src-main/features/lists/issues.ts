/** Lists of issues, by the keys of the page's columns. */
import type { IssueFilter, IssueRow, IssueStatistics } from "#contract/issues.ts";
import type { ListRequest } from "#contract/lists.ts";
import { displayValue } from "#domain/display.ts";
import { issueFacts } from "#domain/issue-figures.ts";
import { deadlineText, issueMarks, plainIssueFields } from "#domain/issue-list.ts";
import { issueAges } from "#domain/issue-time.ts";
import { fieldOf } from "#domain/registry.ts";
import { issueCategories, issueLevels, issueSources, issueStates, issueViews, keysOf } from "#domain/values.ts";
import { listIssues } from "#features/issues/rows.ts";
import { issueStatistics } from "#features/issues/statistics.ts";
import type { Office } from "#features/office.ts";
import type { SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { countColumn, dayColumn, pointsColumn, textColumn } from "./columns.ts";
import { officeCondition, searchCondition } from "./conditions.ts";
import type { ListSource } from "./list-table.ts";

export function issuesList(
  office: Office,
  { filter, sort }: Extract<ListRequest, { list: "issues" }>,
  asOf: string,
): ListSource<IssueRow> {
  const rows = listIssues(office, { filter, sort, asOf });
  return {
    title: issueViews[filter.view ?? "open"],
    conditions: conditionsOf(office, filter, rows[0]),
    rows,
    columns: { ...worked(asOf), ...plain },
  };
}

function worked(asOf: string): Record<string, SheetColumn<IssueRow>> {
  return {
    title: textColumn("问题", 40, ({ title }) => title),
    state: textColumn("状态", 18, (issue) =>
      issueMarks(issue)
        .map(({ text }) => text)
        .join("、"),
    ),
    project: textColumn("项目", 36, ({ projectName }) => projectName),
    level: textColumn("层级", 14, ({ level }) => issueLevels[level]),
    deadline_on: textColumn("办理期限", 24, (issue) => deadlineText(issue, asOf)),
    handler_unit: textColumn("承办单位", 20, ({ handler_unit }) => handler_unit),
    last_entry_on: textColumn(
      "最近办理",
      40,
      ({ lastEntryOn, lastEntry }) => lastEntryOn && `${lastEntryOn} ${lastEntry}`,
    ),
    category: textColumn("类别", 20, ({ category }) => issueCategories[category]),
    found_on: dayColumn("发现日期", ({ found_on }) => found_on),
    source: textColumn("来源", 12, ({ source }) => issueSources[source]),
    region: textColumn("地区", 14, ({ regionName }) => regionName),
    office: textColumn("管理单位", 16, ({ officeName }) => officeName),
  };
}

const plain = Object.fromEntries(
  plainIssueFields.flatMap((name) => {
    const field = fieldOf("issue", name);
    if (!field) return [];
    const column: SheetColumn<IssueRow> =
      field.kind === "date"
        ? dayColumn(field.label, (issue) => issue[name])
        : textColumn(field.label, 30, (issue) => displayValue(field, issue[name]));
    return [[name, column] as const];
  }),
);

function conditionsOf(office: Office, filter: IssueFilter, first: IssueRow | undefined): string[] {
  return [
    ...searchCondition(filter.search),
    ...officeCondition(office, filter.officeId),
    ...(filter.projectId ? [`项目 ${first?.projectName ?? ""}`] : []),
    ...(filter.category ? [issueCategories[filter.category]] : []),
    ...(filter.level ? [issueLevels[filter.level]] : []),
    ...(filter.source ? [`来源 ${issueSources[filter.source]}`] : []),
    ...(filter.state ? [issueStates[filter.state]] : []),
    ...(filter.handlerUnit ? [`承办单位 ${filter.handlerUnit}`] : []),
  ];
}

type Counted = Omit<IssueStatistics["byRegion"][number], "officeId">;

const figureColumns: Record<string, SheetColumn<Counted>> = {
  name: textColumn("地区", 20, ({ name }) => name),
  found: countColumn("发现", ({ found }) => found),
  solved: countColumn("已解决", ({ solved }) => solved),
  rate: pointsColumn("解决率（%）", ({ solved, found }) => (found === 0 ? null : (solved / found) * 100)),
  open: countColumn("未解决", ({ open }) => open),
  overdue: countColumn("超期", ({ overdue }) => overdue),
  ...Object.fromEntries(
    keysOf(issueAges).map((age) => [age, countColumn<Counted>(issueAges[age], ({ byAge }) => byAge[age])]),
  ),
};

/** 问题办理情况 of the period up to `asOf`, by region where there are several. */
export function issueFiguresList(
  office: Office,
  { from }: Extract<ListRequest, { list: "issueFigures" }>,
  asOf: string,
): ListSource<Counted> {
  const figures = issueStatistics(office, { from, to: asOf });
  const whole = { ...figures, name: "合计" };
  const hasRegions = figures.byRegion.length > 1;
  return {
    title: "问题办理情况",
    conditions: issueFacts(figures, from, asOf).flatMap(([name, text]) => (text === null ? [] : [`${name} ${text}`])),
    rows: hasRegions ? figures.byRegion : [whole],
    columns: figureColumns,
    ...(hasRegions && { total: whole }),
  };
}
