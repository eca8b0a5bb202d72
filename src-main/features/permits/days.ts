/** Days that each kind of permit took, on the 绿色通道 and off it (R-20: its approvals are monitored). */
import { sql } from "kysely";
import type { PermitDays } from "#contract/permits.ts";
import type { Office } from "#features/office.ts";
import { query } from "#store/store.ts";

/** Kinds of permit that are shown; the rest were handled too seldom to compare. */
const SHOWN = 40;

/**
 * The averages over what has been applied for and obtained, in every project known here. All of a name stand in the
 * index permit_days; those of the few projects on the green channel are taken off.
 */
export function permitDays(office: Office): PermitDays[] {
  const taken = query
    .selectFrom("permit")
    .select([
      "name",
      sql<number>`count(*)`.as("count"),
      sql<number>`sum(julianday(actual_on) - julianday(applied_on))`.as("days"),
    ])
    .where(sql<boolean>`actual_on is not null and applied_on is not null and archived_on is null`)
    .groupBy("name");
  const all = office.store.all(taken.orderBy("count", "desc").orderBy("name").limit(SHOWN));
  const onGreenChannel = query.selectFrom("project").select("id").where("green_channel", "=", 1);
  const green = new Map(
    office.store.all(taken.where("project_id", "in", onGreenChannel)).map((each) => [each.name, each]),
  );
  return all.map(({ name, count, days: total }) => {
    const onGreen = green.get(name);
    return {
      name,
      green: averageOf(onGreen?.count ?? 0, onGreen?.days ?? 0),
      others: averageOf(count - (onGreen?.count ?? 0), total - (onGreen?.days ?? 0)),
    };
  });
}

function averageOf(count: number, days: number): { count: number; average: number } | null {
  return count === 0 ? null : { count, average: Math.round((days / count) * 10) / 10 };
}
