/**
 * Figures of issues (§7; S2 S3): 问题解决率 = solved ÷ found; 限时办结率 = solved in time ÷ due; 平均办结天数. Solved is
 * what was solved by the last day of the period and was not reopened since.
 */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { issues as contract, IssueStatistics } from "#contract/issues.ts";
import { addDays } from "#domain/calendar.ts";
import { ageDays, type IssueAge, issueAges } from "#domain/issue-time.ts";
import { keysOf } from "#domain/values.ts";
import type { InputOf } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { projectFacts } from "#features/project-facts.ts";
import { filteredIssues } from "./filter.ts";
import { regionNames } from "./rows.ts";

const ages = keysOf(issueAges);
const counts = ["found", "solved", "due", "inTime", "open", "overdue", ...ages] as const;
type Count = (typeof counts)[number];
type Figures = Record<Count | "days", number>;

export function issueStatistics(
  office: Office,
  { officeId, from, to }: InputOf<typeof contract, "statistics">,
): IssueStatistics {
  const conditions = conditionsOf(from, to);
  const spent = sql`julianday(issue.solved_on) - julianday(issue.found_on)`;
  const byOffice = office.store.all(
    filteredIssues(office, { officeId }, to)
      .select(sql<string>`(select office_id from ${projectFacts} where id = issue.project_id)`.as("office_id"))
      .select(sql<number>`coalesce(sum(iif(${conditions.solved}, ${spent}, 0)), 0)`.as("days"))
      .select(counts.map((count) => sql<number>`coalesce(sum(${conditions[count]}), 0)`.as(count)))
      .groupBy("office_id"),
  );
  const { days, found, solved, due, inTime, ...rest } = sumOf(byOffice);
  const averageDays = solved === 0 ? null : Math.round((days / solved) * 10) / 10;
  return { found, solved, due, inTime, averageDays, ...standing(rest), byRegion: byRegion(office, byOffice) };
}

/** What each figure counts, as a condition on an issue. */
function conditionsOf(from: string, to: string): Record<Count, RawBuilder<SqlBool>> {
  const isFound = sql`issue.found_on between ${from} and ${to}`;
  const isSolved = sql`(issue.state <> 'open' and coalesce(issue.solved_on <= ${to}, false))`;
  const isOpen = sql`(issue.found_on <= ${to} and not ${isSolved})`;
  const isPast = sql`coalesce(issue.deadline_on < ${to}, false)`;
  const byAge = ages.map((bucket) => {
    const [fewest, most] = ageDays[bucket];
    const latest = addDays(to, -fewest);
    const earliest = most === null ? "" : addDays(to, -most);
    return [bucket, sql<SqlBool>`(${isOpen} and issue.found_on between ${earliest} and ${latest})`] as const;
  });
  return {
    found: sql`(${isFound})`,
    solved: sql`(${isFound} and ${isSolved})`,
    due: sql`(${isFound} and issue.deadline_on is not null and (${isSolved} or ${isPast}))`,
    inTime: sql`(${isFound} and ${isSolved} and coalesce(issue.solved_on <= issue.deadline_on, false))`,
    open: isOpen as RawBuilder<SqlBool>,
    overdue: sql`(${isOpen} and ${isPast})`,
    ...(Object.fromEntries(byAge) as Record<IssueAge, RawBuilder<SqlBool>>),
  };
}

function byRegion(office: Office, rows: readonly (Figures & { office_id: string })[]): IssueStatistics["byRegion"] {
  const names = regionNames(office);
  const regions = Map.groupBy(rows, ({ office_id }) => names.get(office_id) ?? "");
  // In the order of the office tree, as every list of regions.
  return office.offices.flatMap(({ id, name, level }) => {
    const own = level === "street" ? undefined : regions.get(name);
    if (!own) return [];
    const { found, solved, ...rest } = sumOf(own);
    return [{ officeId: id, name, found, solved, ...standing(rest) }];
  });
}

function standing(sums: Pick<Figures, "open" | "overdue" | IssueAge>) {
  const byAge = Object.fromEntries(ages.map((bucket) => [bucket, sums[bucket]])) as Record<IssueAge, number>;
  return { open: sums.open, overdue: sums.overdue, byAge };
}

function sumOf(rows: readonly Figures[]): Figures {
  const sum = (figure: keyof Figures) => rows.reduce((total, row) => total + row[figure], 0);
  return Object.fromEntries([...counts, "days" as const].map((figure) => [figure, sum(figure)])) as Figures;
}
