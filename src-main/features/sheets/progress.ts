/** Fills the progress sheet: the filtered ledger with the monthly reports of the months shown. */
import { sql } from "kysely";
import type { SheetRequest } from "#contract/reports.ts";
import { inYear } from "#domain/annual-plan.ts";
import { addMonths } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { maxMonths, type Paper } from "#domain/paper.ts";
import type { Row } from "#domain/registry.ts";
import { lists } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { annualPlansOf } from "#features/plan-of-year.ts";
import { listProjects } from "#features/projects/list.ts";
import { renderProgressSheet } from "#sheets/progress-sheet.tsx";
import { query } from "#store/store.ts";
import { type MadeSheet, originOf } from "./made-sheet.ts";
import { placeName } from "./place-name.ts";

/** More projects than anybody hangs up (some 300 pages), and about as many as a slow PC prints within a minute. */
const MOST_PROJECTS = 2000;

type ProgressRequest = Extract<SheetRequest, { sheet: "progress" }>;

/** Throws Failure invalid_value for a bad span of months, sheet_too_long beyond MOST_PROJECTS projects. */
export function progressSheet(office: Office, request: ProgressRequest): MadeSheet {
  const { filter, sort, asOf, paper } = request;
  const months = monthsShown(request.fromMonth, request.month, paper);
  const rows = listProjects(office, filter, asOf, sort, 0, MOST_PROJECTS + 1);
  if (rows.length > MOST_PROJECTS) throw new Failure("sheet_too_long", { limit: MOST_PROJECTS });
  const title = `${placeName(office, filter.officeId ?? office.id)}${filter.list ? lists[filter.list] : ""}项目进度表`;
  const progress = progressOf(office, rows, months);
  const year = Number(request.month.slice(0, 4));
  const annual = annualPlansOf(
    office,
    rows.map(({ id }) => id),
    year,
  );
  const html = renderProgressSheet(
    {
      title,
      paper,
      months,
      reportingOffice: office.self.name,
      rows: rows.map((row) => ({
        project: inYear(row, annual.get(row.id), year),
        light: row.light,
        progress: progress.get(row.id) ?? [],
      })),
      asOf,
      lightRules: office.lightRules,
      conflicts: rows.reduce((total, row) => total + row.conflicts, 0),
    },
    originOf(office, new Set(rows.map((row) => row.office_id))),
  );
  return { title, html, rows: rows.length };
}

function monthsShown(from: string, to: string, paper: Paper): string[] {
  const months: string[] = [];
  for (let month = from; month <= to && months.length <= maxMonths(paper); month = addMonths(month, 1)) {
    months.push(month);
  }
  const bad = (reason: string) => new Failure("invalid_value", { where: "项目进度表", field: "月份", reason });
  if (months.length === 0) throw bad("起始月份不能晚于截止月份");
  if (months.length > maxMonths(paper))
    throw bad(`${paper} 纸最多并列 ${maxMonths(paper)} 个月，请缩短月份或换用更大的纸`);
  return months;
}

function progressOf(
  office: Office,
  rows: readonly { id: string }[],
  months: readonly string[],
): Map<string, Row<"monthly_progress">[]> {
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const found = office.store.all(
    query
      .selectFrom("monthly_progress")
      .selectAll()
      .where("project_id", "in", sql<string>`(select value from json_each(${ids}))`)
      .where("month", "in", [...months])
      .where("archived_on", "is", null),
  );
  return Map.groupBy(found, ({ project_id }) => project_id);
}
