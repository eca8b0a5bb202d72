/** Every dimension of a project's light in SQL: the twin of domain/project-light.ts; a test holds the two together. */
import { type RawBuilder, sql } from "kysely";
import { addMonths, monthOf, monthRange } from "#domain/calendar.ts";
import { lightBounds } from "#domain/light.ts";
import type { LightDimension } from "#domain/light-profiles.ts";
import { lastWholeMonth, SANYA_MIN_PLAN, statsBounds, wholeMonths } from "#domain/light-verdicts.ts";
import type { LightRules } from "#domain/project-light.ts";
import { isDoneOn } from "#features/node-rows.ts";
import { planOfYear } from "#features/plan-of-year.ts";

type Ids = RawBuilder<string>;
/** A light as a number, the worst first; null for none. */
type Ranked = RawBuilder<{ project_id: string; rank: number | null }>;

/** A select of each chosen dimension that can give a light on `date`. `ids`: a select of project ids. */
export function rankedDimensions(rules: LightRules, date: string, ids: Ids): Ranked[] {
  const { profiles } = rules;
  const chosen = (Object.keys(dimensions) as LightDimension[]).filter((dimension) => profiles[dimension] !== "none");
  return chosen.flatMap((dimension) => dimensions[dimension](rules, date, ids) ?? []);
}

const dimensions: Record<LightDimension, (rules: LightRules, date: string, ids: Ids) => Ranked | null> = {
  node: (rules, date, ids) => {
    const month = monthRange(monthOf(date));
    const done = isDoneOn({ lightRules: rules }, date);
    const isOld = sql`${done} and planned_on not between ${month.first} and ${month.last}`;
    const { redBefore, yellowUntil } = lightBounds(date, rules);
    const cases =
      rules.profiles.node === "dalian"
        ? sql`when not ${done} and planned_on < ${redBefore} then 0
            when not ${done} and planned_on <= ${yellowUntil} then 1
            when ${done} and actual_on > planned_on and planned_on between ${month.first} and ${month.last} then 1
            else 2`
        : sql`when ${isOld} then 2 when ${done} then iif(actual_on <= planned_on, 2, 0)
            when planned_on < ${date} then 0`;
    return sql`select project_id, min(case ${cases} end) as rank from node
      where archived_on is null and planned_on is not null and project_id in (${ids}) group by project_id`;
  },

  investment: ({ profiles: { investment } }, date, ids) => {
    const months = sql.lit(wholeMonths(date));
    if (wholeMonths(date) === 0) return null;
    const year = date.slice(0, 4);
    const missing = sql`(plan * ${months} - completed * 12)`;
    const cases = {
      none: sql`when 1 then null`,
      yinchuan: sql`when ${missing} <= 0 then 2 when ${missing} * 100 > 360 * plan then 0
        when ${missing} * 100 >= 120 * plan then 1`,
      sanya: sql`when plan < ${sql.lit(SANYA_MIN_PLAN)} then null when ${missing} <= 0 then 2
        when ${missing} * 2 <= plan * ${months} then 1 else 0`,
      wuhan: sql`when completed * 120 < plan * ${months} * 6 then 0 when completed * 120 < plan * ${months} * 8 then 1`,
    }[investment];
    return sql`select project_id, case ${cases} end as rank
      from (select project.id as project_id, ${planOfYear(Number(year))} as plan,
        sum(monthly_progress.completed_investment) as completed
        from project join monthly_progress on monthly_progress.project_id = project.id
        where monthly_progress.month between ${`${year}-01`} and ${lastWholeMonth(date)}
          and monthly_progress.archived_on is null and project.id in (${ids})
        group by project.id)
      where plan > 0 and completed is not null`;
  },

  fund: ({ profiles: { fund }, fundRequiredPercent: required }, date, ids) => {
    if (required === null) return null;
    const percent = sql.lit(required);
    const missing = sql`(arranged * ${percent} - paid * 100)`;
    const isTianjin = fund === "tianjin";
    const yellow = isTianjin ? sql`when ${missing} * 10 <= arranged * ${percent} * 3 then 1` : sql``;
    return sql`select project_id, case when ${missing} <= 0 then 2 ${yellow} else 0 end as rank
      from (select project_id, sum(coalesce(arranged, 0)) as arranged, sum(coalesce(paid, 0)) as paid from fund
        where year = ${Number(date.slice(0, 4))} and archived_on is null and project_id in (${ids})
        ${isTianjin ? sql`and source = 'special_bond'` : sql``} group by project_id)
      where arranged > 0`;
  },

  stats: (_, date, ids) => {
    const { yellowFrom, redFrom } = statsBounds(date);
    return sql`select id as project_id, case
      when stats_state = 'not_required' then null
      when stats_state = 'entered' and (stats_entered_on is null or stats_entered_on <= ${date}) then 2
      when started_on <= ${redFrom} then 0 when started_on <= ${yellowFrom} then 1 end as rank
      from project where id in (${ids})`;
  },

  start: (rules, date, ids) => {
    const last = lastWholeMonth(date);
    const planned = sql`substr(planned_on, 1, 7)`;
    return sql`select project_id, case
      when started_on is not null then iif(substr(started_on, 1, 7) <= ${planned}, 2, null)
      when ${planned} > ${last} then null
      when ${planned} <= ${addMonths(last, -2)} then 0 else 1 end as rank
      from (select project.id as project_id, min(node.planned_on) as planned_on,
        coalesce(iif(project.started_on <= ${date}, project.started_on, null),
          min(iif(${isDoneOn({ lightRules: rules }, date)}, node.actual_on, null))) as started_on
        from project join node on node.project_id = project.id
        where node.archived_on is null and (node.name like '%开工' or node.name like '%开工建设')
          and project.id in (${ids})
        group by project.id)
      where planned_on is not null`;
  },
};

/** The columns that a dimension looks at, by table: a change of one may change the light of its project. */
export const watchedColumns: Record<LightDimension, Readonly<Record<string, readonly string[]>>> = {
  node: { node: ["project_id", "planned_on", "actual_on", "audit_state", "archived_on"] },
  investment: {
    monthly_progress: ["project_id", "month", "completed_investment", "archived_on"],
    annual_plan: ["project_id", "year", "planned_investment", "archived_on"],
    project: ["annual_plan_investment", "as_of"],
  },
  fund: { fund: ["project_id", "year", "source", "arranged", "paid", "archived_on"] },
  stats: { project: ["started_on", "stats_state", "stats_entered_on"] },
  start: { node: ["name"], project: ["started_on"] },
};
