/** What a closed month says of a project, and what the records say of it now, in words. */
import { groupedMoney } from "./money.ts";
import { type EntityName, registry } from "./registry.ts";
import type { Correction, ProjectFigures, StatementTotals } from "./statement.ts";
import { keysOf, type Light, lights } from "./values.ts";

const { fields } = registry.statement_line;

/** Whether the ledger lists a project: it may be registered late, or archived. */
const listings = { absent: "未列入", listed: "已列入", archived: "已归档" } as const;

/** What a line says of a project beside its figures; `managedBy`: the office's name. */
export type ProjectFacts = { listing: keyof typeof listings; managedBy: string | null; imageProgress: string };

type Compared = ProjectFigures & ProjectFacts;

const labels: Record<keyof Compared, string> = {
  listing: "项目台账",
  managedBy: fields.managed_by.label,
  light: fields.light.label,
  nodesDue: fields.nodes_due.label,
  nodesDone: fields.nodes_done.label,
  nodesOverdue: fields.nodes_overdue.label,
  annualPlan: fields.annual_plan.label,
  monthPlanned: fields.month_planned.label,
  monthCompleted: fields.month_completed.label,
  yearCompleted: fields.year_completed.label,
  imageProgress: fields.image_progress.label,
};

/** Records that each is made from. */
const sources: Record<keyof Compared, readonly EntityName[]> = {
  listing: ["project"],
  managedBy: ["project"],
  light: ["node", "project", "monthly_progress", "annual_plan", "fund"],
  nodesDue: ["node"],
  nodesDone: ["node"],
  nodesOverdue: ["node"],
  annualPlan: ["annual_plan", "project"],
  monthPlanned: ["monthly_progress"],
  monthCompleted: ["monthly_progress"],
  yearCompleted: ["monthly_progress"],
  imageProgress: ["monthly_progress"],
};

/** The kinds of records of which a change may have changed these; all there are when none is named. */
export function sourcesOf(changes: Correction["changes"] = []): ReadonlySet<EntityName> {
  const changed = keysOf(labels).filter((name) => changes.some(({ label }) => label === labels[name]));
  return new Set((changed.length > 0 ? changed : keysOf(labels)).flatMap((name) => sources[name]));
}

type Listed = Pick<Correction, "month" | "projectId" | "changes">;

/** Whether one of these statements, in their order, has listed a correction as it is now: it is listed only once. */
export function listedIn(statements: readonly Pick<StatementTotals, "corrections">[]): (correction: Listed) => boolean {
  const keyOf = ({ month, projectId }: Listed) => `${month} ${projectId}`;
  const known = new Map(
    statements.flatMap(({ corrections }) => corrections.map((each) => [keyOf(each), JSON.stringify(each.changes)])),
  );
  return (correction) => known.get(keyOf(correction)) === JSON.stringify(correction.changes);
}

/** What differs, each with both values; only what is given is compared. */
export function changesBetween(frozen: Partial<Compared>, now: Partial<Compared>): Correction["changes"] {
  return keysOf(labels).flatMap((name) => {
    if (frozen[name] === now[name]) return [];
    const [before, after] = [text(name, frozen[name]), text(name, now[name])];
    return [{ label: labels[name], frozen: excerpt(before, after), now: excerpt(after, before) }];
  });
}

function text(name: keyof Compared, value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === "") return "未填";
  if (name === "light") return lights[value as Light];
  if (name === "listing") return listings[value as ProjectFacts["listing"]];
  if (name === "managedBy" || name === "imageProgress" || name.startsWith("nodes")) return String(value);
  return `${groupedMoney(Number(value), "万元")} 万元`;
}

/** Characters of a text shown, and of them before the place where it differs from the other. */
const EXCERPT = 60;
const BEFORE = 10;

/** Long texts around the first place where they differ: a statement lists many. */
function excerpt(whole: string, other: string): string {
  if (whole.length <= EXCERPT) return whole;
  let differs = 0;
  while (differs < whole.length && whole[differs] === other[differs]) differs++;
  const start = differs > EXCERPT - BEFORE ? differs - BEFORE : 0;
  const end = start + EXCERPT;
  return `${start > 0 ? "…" : ""}${whole.slice(start, end)}${end < whole.length ? "…" : ""}`;
}
