/**
 * Permits (手续、要件) of a project. S3 tells of a project that obtained its “四证”, “8项外部条件” and the “12项要件” that
 * it needed before it could start, and lists the members of none. A count is therefore n of the members that the city's template names, or of
 * those that the project itself has put into the group; 4, 8 and 12 are only what the source counts.
 * R-21 (S2): “容缺”, a permit may be handled while papers are missing, which are handed in later.
 * R-20 (S0): 省、市级重点 projects use the 绿色通道, with progress monitoring: hence the days of each step.
 */
import { daysBetween } from "./calendar.ts";
import type { Row } from "./registry.ts";
import { nameKey, type PermitGroup, type PermitItem } from "./template.ts";
import { keysOf, permitGroups } from "./values.ts";

export const permitStates = { open: "未申报", applied: "办理中", done: "已办结" } as const;
export type PermitState = keyof typeof permitStates;

type Dated = Pick<Row<"permit">, "planned_on" | "applied_on" | "actual_on">;
type Deficient = Pick<Row<"permit">, "is_deficient" | "deficient_until" | "deficient_done_on">;
type Redone = Pick<Row<"permit">, "id" | "redo_of">;
type Counted = Redone & Dated & Deficient & Pick<Row<"permit">, "name" | "groups" | "template_id">;

export function permitState({ applied_on, actual_on }: Dated): PermitState {
  if (actual_on !== null) return "done";
  return applied_on === null ? "open" : "applied";
}

/** True when the permit should have been obtained before `date` and is not. */
export function isPermitOverdue({ planned_on, actual_on }: Dated, date: string): boolean {
  return actual_on === null && planned_on !== null && planned_on < date;
}

/** True while papers are still to be handed in. */
export function isDeficient({ is_deficient, deficient_done_on }: Deficient): boolean {
  return is_deficient === 1 && deficient_done_on === null;
}

/** True when the missing papers are due: their day has come or has passed. Without a day nothing is due. */
export function isDeficiencyDue(permit: Deficient, date: string): boolean {
  return isDeficient(permit) && permit.deficient_until !== null && permit.deficient_until <= date;
}

/** Calendar days from application to certificate; until `date` while it is handled; null before. */
export function stepDays({ applied_on, actual_on }: Dated, date: string): number | null {
  if (applied_on === null) return null;
  const days = daysBetween(applied_on, actual_on ?? date);
  return days < 0 ? null : days;
}

/** Days ahead of plan (positive) or behind it (negative), as daysAhead in light.ts says it of nodes. */
export function permitDaysAhead(permit: Dated, date: string): number | null {
  const { planned_on, actual_on } = permit;
  if (planned_on === null) return null;
  if (actual_on !== null) return daysBetween(actual_on, planned_on);
  return isPermitOverdue(permit, date) ? daysBetween(date, planned_on) : null;
}

/** Those that no other permit does again. What has been redone stays as history and counts no more. */
export function currentPermits<P extends Redone>(permits: readonly P[]): P[] {
  const redone = new Set(permits.map(({ redo_of }) => redo_of));
  return permits.filter(({ id }) => !redone.has(id));
}

/** What `permit` does again, the newest first; itself not among them. */
export function earlierPermits<P extends Redone>(permit: P, all: readonly P[]): P[] {
  const byId = new Map(all.map((each) => [each.id, each]));
  const chain: P[] = [];
  for (let before = byId.get(permit.redo_of ?? ""); before; before = byId.get(before.redo_of ?? "")) {
    if (before === permit || chain.includes(before)) break;
    chain.push(before);
  }
  return chain;
}

export function groupsOf({ groups }: Pick<Row<"permit">, "groups">): PermitGroup[] {
  const keys = (groups ?? "").split(",");
  return keysOf(permitGroups).filter((group) => keys.includes(group));
}

export type PermitCount = {
  done: number;
  total: number;
  /** Of the done ones, those whose missing papers are still to come. */
  deficient: number;
  /** A template that the project uses names the members. */
  isDefined: boolean;
  /** Members that the project has no permit for yet. */
  lacking: string[];
};
export type PermitCounts = Record<PermitGroup, PermitCount>;

/** The counts of one project. `itemsOf` gives the items of a template that is known here. */
export function permitCounts(
  permits: readonly Counted[],
  itemsOf: (templateId: string) => readonly PermitItem[] | undefined,
): PermitCounts {
  const current = currentPermits(permits);
  const used = new Set(current.flatMap(({ template_id }) => (template_id === null ? [] : [template_id])));
  const items = [...used].flatMap((id) => itemsOf(id) ?? []);
  const counts = keysOf(permitGroups).map((group) => [group, countOf(group, current, items)]);
  return Object.fromEntries(counts) as PermitCounts;
}

function countOf(group: PermitGroup, current: readonly Counted[], items: readonly PermitItem[]): PermitCount {
  const members = new Map(
    items.filter(({ groups }) => groups.includes(group)).map(({ name }) => [nameKey(name), name] as const),
  );
  const counted = current.filter((permit) => groupsOf(permit).includes(group) || members.has(nameKey(permit.name)));
  const present = new Set(counted.map(({ name }) => nameKey(name)));
  const lacking = [...members].flatMap(([key, name]) => (present.has(key) ? [] : [name]));
  const done = counted.filter(({ actual_on }) => actual_on !== null);
  return {
    done: done.length,
    total: counted.length + lacking.length,
    deficient: done.filter(isDeficient).length,
    isDefined: members.size > 0,
    lacking,
  };
}

/** "3/4"; "未设定" while nothing belongs to the group. */
export function ratioText({ done, total }: Pick<PermitCount, "done" | "total">): string {
  return total === 0 ? "未设定" : `${done}/${total}`;
}

/** As {@link ratioText}, with the permits whose papers are still to come: "3/4（容缺 1）". */
export function countText(count: PermitCount): string {
  return ratioText(count) + (count.deficient > 0 ? `（容缺 ${count.deficient}）` : "");
}

/** A permit whose papers are still to come, and until when. */
export function owedText(name: string, until: string | null, date: string): string {
  if (until === null) return `${name}（未定期限）`;
  return `${name}（${until} ${until <= date ? "已到期" : "前"}）`;
}

/** Items of a template that the project has no current permit for. */
export function lackingItems<I extends { name: string }>(items: readonly I[], permits: readonly Counted[]): I[] {
  const present = new Set(currentPermits(permits).map(({ name }) => nameKey(name)));
  return items.filter(({ name }) => !present.has(nameKey(name)));
}

type Average = { count: number; average: number };

/** "12.5 天（3 件）". */
export function averageText(average: Average | null): string {
  return average ? `${average.average.toFixed(1)} 天（${average.count} 件）` : "—";
}

/** How much sooner or later permits come on the 绿色通道; empty where only one of the two is known. */
export function greenDifferenceText({ green, others }: { green: Average | null; others: Average | null }): string {
  if (!green || !others) return "";
  const days = green.average - others.average;
  if (Math.abs(days) < 0.05) return "相同";
  return days < 0 ? `快 ${(-days).toFixed(1)} 天` : `慢 ${days.toFixed(1)} 天`;
}
