/** 月报 (F04, F12): one record per project and month, the same one in every office; entry, sending up and review. */
import { sql } from "kysely";
import type { monthlyReports as contract } from "#contract/monthly-reports.ts";
import { monthOf } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { enteredFields, type Row, type Values } from "#domain/registry.ts";
import { requireOwnSubmissions, requireUnlocked, reviewFields, stateAfter } from "#features/audit.ts";
import { formValues } from "#features/entry.ts";
import { basisOf } from "#features/figures/basis.ts";
import { figuresReady } from "#features/figures/ready.ts";
import type { Handlers, InputOf } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { listReports, waitingReports } from "./list.ts";
import { matchNames } from "./match.ts";
import { investmentByRegion } from "./regions.ts";
import type { StoredReport } from "./rows.ts";

type Slice = typeof contract;
type Report = Values<"monthly_progress">;

export const monthlyReports: Handlers<Slice> = {
  list: (office, { month, filter, offset, limit }) => listReports(office, month, filter, offset, limit),

  save: (office, { month, entries, submit = [] }) => saveReports(office, month, entries, submit),

  review: (office, { month, projectIds, act, reason = "" }) => {
    if ((act === "return" || act === "reopen") && reason === "") throw new Failure("reason_required");
    if (act === "submit") return saveReports(office, month, [], projectIds);
    const chosen = [...new Set(projectIds)];
    const names = editableNames(office, chosen);
    const stored = readReports(office, chosen, month);
    if (act === "withdraw") requireOwnSubmissions(office, "monthly_progress", [...stored.values()]);
    const writes = chosen.map((projectId): Write => {
      const report = stored.get(projectId);
      const name = `${names.get(projectId)} ${month}`;
      const state = stateAfter(office, "monthly_progress", name, report?.report_state ?? null, act);
      const id = report?.id ?? "";
      return {
        entity: "monthly_progress",
        id,
        values: { report_state: state, ...reviewFields(act, reason, office.today) },
      };
    });
    return office.write(`${act}_progress`, writes[0]?.id ?? "", writes);
  },

  waiting: (office) => waitingReports(office),

  match: (office, { names }) => matchNames(office, names),

  byRegion: async (office, { month, officeId = office.id }) => {
    await figuresReady(office, basisOf(office, month));
    return investmentByRegion(office, month, officeId);
  },
};

type Entry = InputOf<Slice, "save">["entries"][number];

/** One act: entries of a month and reports sent up with them. */
function saveReports(office: Office, month: string, entries: readonly Entry[], submit: readonly string[]) {
  const writes = monthWrites(office, month, entries, submit);
  const action = submit.length > 0 ? "submit_progress" : "save_progress";
  const written = office.write(action, writes[0]?.id ?? "", writes);
  return { ...written, changed: entries.length, submitted: submit.length };
}

/**
 * What entering values for a month and sending reports up writes. Throws Failure locked, report_too_early,
 * report_empty, and those of the project.
 */
export function monthWrites(
  office: Office,
  month: string,
  entries: readonly Entry[],
  submit: readonly string[],
): Write[] {
  const sent = new Set(submit);
  const given = new Map(entries.map(({ projectId, values }) => [projectId, entered(values)]));
  const chosen = [...new Set([...given.keys(), ...sent])];
  const names = editableNames(office, chosen);
  const stored = readReports(office, chosen, month);
  return chosen.flatMap((projectId): Write[] => {
    const report = stored.get(projectId);
    const name = names.get(projectId) ?? "";
    requireUnlocked("monthly_progress", `${name} ${month}`, report?.archived_on === null ? report.report_state : null);
    const values = given.get(projectId) ?? {};
    requireBegun(office, month, values, sent.has(projectId));
    const sending = sent.has(projectId) ? sendingUp(office, { name, month }, report, values) : {};
    return writeOf(projectId, month, report, { ...values, ...sending });
  });
}

function entered(values: Entry["values"]): Report {
  return formValues("monthly_progress", values, ["project_id", "month"]);
}

/** Of months to come only the plan is known. */
function requireBegun(office: Office, month: string, values: Report, isSent: boolean): void {
  if (month <= monthOf(office.today)) return;
  const { planned_investment: _, planned_progress: __, ...actual } = values;
  if (isSent || Object.values(actual).some((value) => value !== null)) throw new Failure("report_too_early", { month });
}

/** The state of a report that is sent up. Throws Failure report_empty when it says nothing of the month. */
function sendingUp(
  office: Office,
  { name, month }: { name: string; month: string },
  report: StoredReport | undefined,
  values: Report,
): Report {
  const known = report?.archived_on === null ? report : undefined;
  const state = stateAfter(office, "monthly_progress", `${name} ${month}`, known?.report_state ?? null, "submit");
  const { completed_investment, image_progress } = { ...known, ...values };
  if ((completed_investment ?? null) === null && !image_progress) {
    throw new Failure("report_empty", { name, month });
  }
  return { report_state: state, ...reviewFields("submit", "", office.today) };
}

/** Undoing the first entry of a month archives its record: entering again brings it back, blank but for what is given. */
function writeOf(projectId: string, month: string, report: StoredReport | undefined, values: Report): Write[] {
  const identity = { project_id: projectId, month };
  const id = newId("monthly_progress", identity);
  if (report?.archived_on === null) return [{ entity: "monthly_progress", id, values }];
  if (Object.values(values).every((value) => value === null)) return [];
  const blank = report
    ? { ...Object.fromEntries(reportFields.map((name) => [name, null])), report_state: null, archived_on: null }
    : {};
  return [{ entity: "monthly_progress", id, values: { ...blank, ...identity, ...values } }];
}

const reportFields = enteredFields("monthly_progress").filter((name) => name !== "project_id" && name !== "month");

/** Names of projects that this office may change. Throws Failure not_found, out_of_scope or archived. */
function editableNames(office: Office, projectIds: readonly string[]): Map<string, string> {
  const { subtree } = office;
  const found: Pick<Row<"project">, "id" | "name" | "office_id" | "archived_on">[] = office.store.all(
    query
      .selectFrom("project")
      .select(["id", "name", "office_id", "archived_on"])
      .where("id", "in", sql<string>`(select value from json_each(${JSON.stringify(projectIds)}))`),
  );
  const names = new Map(found.map(({ id, name }) => [id, name]));
  if (projectIds.some((id) => !names.has(id))) throw new Failure("not_found", { what: "项目" });
  if (found.some(({ office_id }) => !subtree.has(office_id))) throw new Failure("out_of_scope");
  if (found.some(({ archived_on }) => archived_on !== null)) throw new Failure("archived", { what: "项目" });
  return names;
}

/** Stored reports of a month by project, archived ones too. */
function readReports(office: Office, projectIds: readonly string[], month: string): Map<string, StoredReport> {
  const ids = projectIds.map((project_id) => newId("monthly_progress", { project_id, month }));
  const rows: StoredReport[] = office.store.all(
    query
      .selectFrom("monthly_progress")
      .selectAll()
      .where("id", "in", sql<string>`(select value from json_each(${JSON.stringify(ids)}))`),
  );
  return new Map(rows.map((row) => [row.project_id, row]));
}
