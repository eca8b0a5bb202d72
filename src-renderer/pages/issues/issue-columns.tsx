import type { IssueRow } from "#contract/issues.ts";
import { daysBetween } from "#domain/calendar.ts";
import { issueCategories, issueLevels, issueSources } from "#domain/values.ts";
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
  width: 210,
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
      width: 176,
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
  ];
}

/** "2026-11-30，还有 8 天"; only the day once it is solved. */
export function deadlineText({ deadline_on, state }: IssueRow, asOf: string): string {
  if (!deadline_on) return state === "open" ? "未限时" : "";
  if (state !== "open") return deadline_on;
  const days = daysBetween(asOf, deadline_on);
  if (days === 0) return `${deadline_on}，今天到期`;
  return days > 0 ? `${deadline_on}，还有 ${days} 天` : `${deadline_on}，超期 ${-days} 天`;
}
