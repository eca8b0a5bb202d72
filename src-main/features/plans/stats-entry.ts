/** 入统入库 (F14, R-19): the paper checklist of a project, and who has started and is not entered. Rules: domain/stats-entry.ts. */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { statsEntry as contract, StatsRegion, StatsRow } from "#contract/plans.ts";
import { addDays } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import type { Values } from "#domain/registry.ts";
import { entryDaysOver, entryRate, entryStanding, startedStages } from "#domain/stats-entry.ts";
import { requireNotFuture } from "#features/entry.ts";
import type { Handlers } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { activeProjects, projectFacts, rowsOf } from "#features/project-facts.ts";
import { query } from "#store/store.ts";
import { byRegion, type Region } from "./regions.ts";

const fields = ["stats_state", "stats_papers", "stats_entered_on", "stats_note", "started_on"] as const;

export const statsEntry = {
  save: (office, { projectId, values }) => {
    const project = office.editableProject(projectId);
    const other = Object.keys(values).find((name) => !(fields as readonly string[]).includes(name));
    if (other !== undefined) {
      throw new Failure("invalid_value", { where: "入统入库", field: other, reason: "不能在这里填写" });
    }
    const given = values as Values<"project">;
    requireNotFuture(office, "入库日期", given.stats_entered_on);
    const { stats_state, stats_entered_on } = { ...project, ...given };
    if (stats_state === "entered" && stats_entered_on === null) throw new Failure("entry_day_missing");
    return office.write("save_stats_entry", projectId, [{ entity: "project", id: projectId, values: given }]);
  },

  list: (office, { standing, officeId = office.id, search, asOf, offset, limit }) => {
    const days = office.settings["stats.entryDueDays"];
    const is = standings(asOf, days);
    const chosen = activeProjects(office, { officeId, search });
    const [counts = { owing: 0, overdue: 0, entered: 0, outside: 0 }] = rowsOf(
      office.store,
      sql<Record<keyof typeof is, number>>`select ${count(is.owing)} as owing, ${count(is.overdue)} as overdue,
        ${count(is.entered)} as entered, ${count(is.outside)} as outside from ${projectFacts} where ${chosen}`,
    );
    const ids = rowsOf(
      office.store,
      sql<{ id: string }>`select project.id as id from ${projectFacts} where ${chosen} and ${is[standing]}
        order by project.started_on is null, project.started_on, project.id limit ${limit} offset ${offset}`,
    );
    const rows = statsRows(
      office,
      ids.map(({ id }) => id),
      asOf,
      days,
    );
    return { rows, total: counts[standing], counts, dueDays: days };
  },

  byRegion: (office, { officeId = office.id, asOf }) => {
    const is = standings(asOf, office.settings["stats.entryDueDays"]);
    const perOffice = rowsOf(
      office.store,
      sql<Counted>`select project.office_id as office_id, ${count(sql`${is.owing} or ${is.entered}`)} as owed,
        ${count(is.entered)} as entered, ${count(is.overdue)} as overdue
        from ${projectFacts} where ${activeProjects(office, { officeId })} group by project.office_id`,
    );
    const rows = byRegion(office, officeId, perOffice, blank, addTo).filter(({ owed }) => owed > 0);
    const total = blank({ officeId, name: "合计" });
    for (const row of rows) addTo(total, row);
    return { rows: rows.map(rated), total: rated(total) };
  },
} satisfies Handlers<typeof contract>;

/** Started long ago and still not entered; 0 while the city has set no number of days. */
export function countOverdueEntries(office: Office, asOf: string): number {
  const days = office.settings["stats.entryDueDays"];
  if (days === null) return 0;
  const { overdue } = standings(asOf, days);
  const chosen = activeProjects(office, {});
  const [found] = rowsOf(
    office.store,
    sql<{ overdue: number }>`select ${count(overdue)} as overdue from ${projectFacts} where ${chosen}`,
  );
  return found?.overdue ?? 0;
}

type Counted = Pick<StatsRegion, "owed" | "entered" | "overdue"> & { office_id: string };

const count = (condition: RawBuilder<unknown>) => sql<number>`coalesce(sum(${condition}), 0)`;

/** SQL twin of entryStanding in domain/stats-entry.ts; a test holds the two together. */
function standings(date: string, days: number | null) {
  const stages = sql.join(startedStages.map((stage) => sql.lit(stage)));
  const state = sql`coalesce(project.stats_state, '')`;
  const started = sql`case when project.started_on is null
    then coalesce(project.stage in (${stages}), false) else project.started_on <= ${date} end`;
  const owing = sql<SqlBool>`(${state} not in ('entered', 'not_required') and ${started})`;
  const late = days === null ? sql`false` : sql`coalesce(project.started_on < ${addDays(date, -days)}, false)`;
  return {
    owing,
    overdue: sql<SqlBool>`(${owing} and ${late})`,
    entered: sql<SqlBool>`(${state} = 'entered')`,
    outside: sql<SqlBool>`(${state} <> 'entered' and not ${owing})`,
  };
}

function statsRows(office: Office, ids: readonly string[], asOf: string, days: number | null): StatsRow[] {
  const rows = office.store.all(
    query
      .selectFrom("project")
      .leftJoin("office", "office.id", "project.office_id")
      .select([
        "project.id",
        "project.name",
        "project.stage",
        "project.started_on",
        "project.stats_state",
        "project.stats_papers",
        "project.stats_entered_on",
        "project.stats_note",
        "office.name as officeName",
      ])
      .where("project.id", "in", sql<string>`(select value from json_each(${JSON.stringify(ids)}))`),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const standing = entryStanding(row, asOf, days);
    const daysOver = standing === "overdue" ? entryDaysOver(row, asOf, days) : 0;
    return [{ ...row, officeName: row.officeName ?? "", standing, daysOver }];
  });
}

function blank({ officeId, name }: Region): StatsRegion {
  return { officeId, name, owed: 0, entered: 0, overdue: 0, percent: null };
}

function addTo(sum: StatsRegion, row: Pick<StatsRegion, "owed" | "entered" | "overdue">): void {
  sum.owed += row.owed;
  sum.entered += row.entered;
  sum.overdue += row.overdue;
}

function rated(row: StatsRegion): StatsRegion {
  return { ...row, percent: entryRate(row.entered, row.owed) };
}
