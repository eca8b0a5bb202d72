import type { IssueRow } from "#contract/issues.ts";
import { displayValue } from "#domain/display.ts";
import { deadlineText, plainIssueFields } from "#domain/issue-list.ts";
import { fieldOf } from "#domain/registry.ts";
import { issueCategories, issueLevels, issueSources, type OfficeLevel } from "#domain/values.ts";
import { ProjectLink } from "#renderer/components/project-link.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { IssueBadges } from "./issue-badges.tsx";

export const issueTitle: TableColumn<IssueRow> = {
  key: "title",
  header: "问题",
  width: 250,
  sortable: true,
  render: (issue) => issue.title,
};
export const issueProject: TableColumn<IssueRow> = {
  key: "project",
  header: "项目",
  width: 230,
  sortable: true,
  render: (issue) => <ProjectLink id={issue.project_id} name={issue.projectName} />,
};
export const issueLastEntry: TableColumn<IssueRow> = {
  key: "last_entry_on",
  header: "最近办理",
  width: 230,
  sortable: true,
  render: (issue) => (issue.lastEntryOn ? `${issue.lastEntryOn} ${issue.lastEntry}` : "还没有办理记录"),
};
const level: TableColumn<IssueRow> = {
  key: "level",
  header: "层级",
  width: 120,
  sortable: true,
  render: (issue) => issueLevels[issue.level],
};
const handler: TableColumn<IssueRow> = {
  key: "handler_unit",
  header: "承办单位",
  width: 130,
  sortable: true,
  render: (issue) => issue.handler_unit ?? "",
};

/** The list's columns; `asOf` dates how long is left. */
export function issueColumns(asOf: string): TableColumn<IssueRow>[] {
  return [
    issueTitle,
    { key: "state", header: "状态", width: 190, render: (issue) => <IssueBadges issue={issue} /> },
    issueProject,
    level,
    {
      key: "deadline_on",
      header: "办理期限",
      width: 196,
      sortable: true,
      render: (issue) => deadlineText(issue, asOf),
    },
    handler,
    issueLastEntry,
    {
      key: "category",
      header: "类别",
      width: 150,
      sortable: true,
      render: (issue) => issueCategories[issue.category],
    },
    { key: "found_on", header: "发现日期", width: 104, sortable: true, render: (issue) => issue.found_on },
    { key: "source", header: "来源", width: 96, render: (issue) => issueSources[issue.source] },
    { key: "region", header: "地区", width: 110, render: (issue) => issue.regionName },
    { key: "office", header: "管理单位", width: 120, render: (issue) => issue.officeName },
    ...plain,
  ];
}

/** Fields shown when the clerk chooses them. */
const plain: TableColumn<IssueRow>[] = plainIssueFields.flatMap((name) => {
  const field = fieldOf("issue", name);
  if (!field) return [];
  const width = field.kind === "date" ? 104 : 180;
  return [{ key: name, header: field.label, width, render: (issue: IssueRow) => displayValue(field, issue[name]) }];
});

/** Columns shown until the clerk chooses; only the city has regions to tell apart. */
export const initialIssueColumns = (level: OfficeLevel) => [
  "title",
  "state",
  "project",
  "level",
  "deadline_on",
  "handler_unit",
  "last_entry_on",
  "category",
  "found_on",
  "source",
  ...(level === "city" ? ["region"] : []),
  "office",
];
