/** Fills the sheets of issues: the lists, and the card of one that is supervised. */
import { sql } from "kysely";
import type { SheetRequest } from "#contract/reports.ts";
import { Failure } from "#domain/failure.ts";
import { type IssueView, issueViews, placeWords } from "#domain/values.ts";
import { issuePage, listIssues } from "#features/issues/rows.ts";
import type { Office } from "#features/office.ts";
import { placesBelow } from "#features/plans/regions.ts";
import { renderIssueListSheet } from "#sheets/issue-list-sheet.tsx";
import { renderSupervisionSheet } from "#sheets/supervision-sheet.tsx";
import { query } from "#store/store.ts";
import { type MadeSheet, originOf } from "./made-sheet.ts";
import { placeName } from "./place-name.ts";

/** More than anybody reads in one list. */
const MOST_ISSUES = 2000;

/** The lists under the names of their sources (S3, S0, S2). */
const titles: Record<IssueView, string> = {
  open: "项目问题清单",
  awaiting: "待答复问题清单",
  supervised: "项目存在问题协调解决督办清单",
  relief: "项目难点纾解清单",
  silent: "待跟进问题清单",
  overdue: "超期问题清单",
  closed: "已销号问题清单",
};

type Request<S> = Extract<SheetRequest, { sheet: S }>;

/** Throws Failure issue_sheet_too_long beyond MOST_ISSUES issues. */
export function issueListSheet(office: Office, { filter, sort, asOf, paper }: Request<"issues">): MadeSheet {
  const { view = "open" } = filter;
  const rows = listIssues(office, { filter: { ...filter, view }, sort, asOf }, MOST_ISSUES + 1);
  if (rows.length > MOST_ISSUES) throw new Failure("issue_sheet_too_long", { limit: MOST_ISSUES });
  const rootId = filter.officeId ?? office.id;
  const title = `${placeName(office, rootId)}${titles[view]}`;
  const conflicts = conflictsOf(
    office,
    rows.map(({ id }) => id),
  );
  const offices = projectOffices(office, new Set(rows.map((row) => row.project_id)));
  const withRegions = placesBelow(office, rootId) === placeWords.city;
  const sheet = { title, view, paper, rows, asOf, conflicts, withRegions };
  const html = renderIssueListSheet(sheet, originOf(office, offices));
  return { title, html, rows: rows.length };
}

/** Throws Failure not_found, and invalid_value for an issue that is not on the board. */
export function supervisionSheet(office: Office, { issueId, asOf }: Request<"supervision">): MadeSheet {
  const { issue, entries } = issuePage(office, issueId, asOf);
  if (issue.is_supervised !== 1) {
    throw new Failure("invalid_value", {
      where: "挂牌督办单",
      field: issueViews.supervised,
      reason: "这个问题没有挂牌督办",
    });
  }
  const project = office.store.first(query.selectFrom("project").selectAll().where("id", "=", issue.project_id));
  if (!project) throw new Failure("not_found", { what: "项目" });
  const said = (kind: "supervise" | "solve") => entries.find((entry) => entry.kind === kind)?.content ?? "";
  const html = renderSupervisionSheet(
    {
      issue,
      project,
      demand: said("supervise"),
      solution: issue.solved_on ? said("solve") : "",
      conflicts: conflictsOf(office, [issueId]),
    },
    originOf(office, [project.office_id]),
  );
  return { title: `挂牌督办单 ${issue.title}`, html, rows: 1 };
}

/** Fields of these issues that two offices wrote differently. */
function conflictsOf(office: Office, ids: readonly string[]): number {
  const open = query
    .selectFrom("field_heads")
    .select(sql<number>`count(*)`.as("count"))
    .where("entity", "=", "issue")
    .where("agreed", "=", 0)
    .where("row_id", "in", sql<string>`(select value from json_each(${JSON.stringify(ids)}))`);
  return office.store.first(open)?.count ?? 0;
}

function projectOffices(office: Office, projectIds: ReadonlySet<string>): string[] {
  const ids = sql<string>`(select value from json_each(${JSON.stringify([...projectIds])}))`;
  const found = query.selectFrom("project").select("office_id").distinct().where("id", "in", ids);
  return office.store.all(found).map(({ office_id }) => office_id);
}
