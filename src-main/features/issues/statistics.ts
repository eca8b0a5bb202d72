/**
 * Figures of issues (§7; S2 S3): 问题解决率 = solved ÷ found; 限时办结率 = solved in time ÷ due; 平均办结天数. Solved is
 * what was solved by the last day of the period, whenever it is looked at, as long as it was not reopened.
 */
import { sql } from "kysely";
import type { issues as contract, IssueStatistics } from "#contract/issues.ts";
import { type AgeBucket, ageBuckets } from "#domain/issue-time.ts";
import { keysOf } from "#domain/values.ts";
import type { InputOf } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { filteredIssues } from "./filter.ts";
import { regionNames } from "./rows.ts";

type Sums = Omit<IssueStatistics, "averageDays" | "byAge" | "byRegion"> & { days: number } & Record<AgeBucket, number>;

/** Whole days between two ISO days in SQL. */
const days = (from: string, to: ReturnType<typeof sql>) => sql`(julianday(${to}) - julianday(${sql.ref(from)}))`;

export function issueStatistics(
  office: Office,
  { officeId, from, to }: InputOf<typeof contract, "statistics">,
): IssueStatistics {
  const isFound = sql`(issue.found_on between ${from} and ${to})`;
  // Of what was found in the period; a day that is null makes it null, which counts as not.
  const isSolved = sql`(issue.state <> 'open' and issue.solved_on <= ${to})`;
  const isOpen = sql`(issue.found_on <= ${to} and coalesce(not ${isSolved}, true))`;
  const hasPassed = sql`issue.deadline_on < ${to}`;
  const age = days("issue.found_on", sql`${to}`);
  const total = (condition: ReturnType<typeof sql>) => sql<number>`coalesce(sum(${condition}), 0)`;
  let least = Number.NEGATIVE_INFINITY;
  const ages = keysOf(ageBuckets).map((bucket) => {
    const { most } = ageBuckets[bucket];
    const above = least === Number.NEGATIVE_INFINITY ? sql`true` : sql`${age} > ${least}`;
    const upTo = most === Number.POSITIVE_INFINITY ? sql`true` : sql`${age} <= ${most}`;
    least = most;
    return total(sql`${isOpen} and ${above} and ${upTo}`).as(bucket);
  });
  const byOffice = office.store.all(
    filteredIssues(office, { officeId }, to)
      .innerJoin("project", "project.id", "issue.project_id")
      .select([
        "project.office_id",
        total(isFound).as("found"),
        total(sql`${isFound} and ${isSolved}`).as("solved"),
        total(sql`${isFound} and issue.deadline_on is not null and (${isSolved} or ${hasPassed})`).as("due"),
        total(sql`${isFound} and ${isSolved} and issue.solved_on <= issue.deadline_on`).as("inTime"),
        total(isOpen).as("open"),
        total(sql`${isOpen} and ${hasPassed}`).as("overdue"),
        total(sql`iif(${isFound} and ${isSolved}, ${days("issue.found_on", sql.ref("issue.solved_on"))}, 0)`).as("days"),
        ...ages,
      ])
      .groupBy("project.office_id"),
  ) as (Sums & { office_id: string })[];
  const all = sumOf(byOffice);
  const { days: spent, ...sums } = all;
  return {
    ...pickSums(sums),
    averageDays: sums.solved === 0 ? null : Math.round((spent / sums.solved) * 10) / 10,
    byAge: agesOf(all),
    byRegion: byRegion(office, byOffice),
  };
}

function byRegion(office: Office, rows: readonly (Sums & { office_id: string })[]): IssueStatistics["byRegion"] {
  const names = regionNames(office);
  const { offices } = office;
  const regions = Map.groupBy(rows, ({ office_id }) => names.get(office_id) ?? "");
  // In the order of the office tree, as every list of regions.
  return offices.flatMap(({ id, name, level }) => {
    const own = level === "street" ? undefined : regions.get(name);
    if (!own) return [];
    const { found, solved, open, overdue, ...ages } = sumOf(own);
    return [{ officeId: id, name, found, solved, open, overdue, byAge: agesOf(ages) }];
  });
}

const columns = ["found", "solved", "due", "inTime", "open", "overdue", "days", ...keysOf(ageBuckets)] as const;

function sumOf(rows: readonly Sums[]): Sums {
  return Object.fromEntries(
    columns.map((column) => [column, rows.reduce((sum, row) => sum + row[column], 0)]),
  ) as Sums;
}

function agesOf(sums: Record<AgeBucket, number>): Record<AgeBucket, number> {
  return Object.fromEntries(keysOf(ageBuckets).map((bucket) => [bucket, sums[bucket]])) as Record<AgeBucket, number>;
}

function pickSums({ found, solved, due, inTime, open, overdue }: Omit<Sums, "days">) {
  return { found, solved, due, inTime, open, overdue };
}
