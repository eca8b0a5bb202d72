/** The light of a project in SQL, from every dimension: the twin of domain/project-light.ts; a test holds the two together. */
import { type RawBuilder, sql } from "kysely";
import { addMonths, monthOf, monthRange } from "#domain/calendar.ts";
import { lightBounds } from "#domain/light.ts";
import type { LightDimension } from "#domain/light-profiles.ts";
import { lastWholeMonth, SANYA_MIN_PLAN, statsBounds, wholeMonths } from "#domain/light-verdicts.ts";
import type { LightRules } from "#domain/project-light.ts";
import type { Light } from "#domain/values.ts";
import { byProject, type Chosen, isChosen, startNodes } from "#features/figures/chosen.ts";
import { isDoneOn } from "#features/node-rows.ts";
import { planOfYear } from "#features/plan-of-year.ts";

type ProjectLight = { project_id: string; light: Light };
/** A light as a number, the worst first; null for none. */
type Ranked = RawBuilder<{ project_id: string; rank: number | null }>;
type Dimension = (rules: LightRules, date: string, chosen: Chosen) => Ranked | null;

/** Those of the chosen projects that have a light on `date` by `rules`; the rest have none. */
export function lightSource(rules: LightRules, date: string, chosen: Chosen): RawBuilder<ProjectLight> {
  const { profiles } = rules;
  const names = (Object.keys(dimensions) as LightDimension[]).filter((dimension) => profiles[dimension] !== "none");
  const [only, ...others] = names.flatMap((dimension) => dimensions[dimension](rules, date, chosen) ?? []);
  const light = (rank: RawBuilder<unknown>) =>
    sql`case ${rank} when 0 then 'red' when 1 then 'yellow' else 'green' end as light`;
  if (!only) return sql`select id as project_id, 'none' as light from project where false`;
  if (others.length === 0) return sql`select project_id, ${light(sql`rank`)} from (${only}) where rank is not null`;
  return sql`select project_id, ${light(sql`min(rank)`)} from (${sql.join([only, ...others], sql` union all `)})
    where rank is not null group by project_id`;
}

const dimensions: Record<LightDimension, Dimension> = {
  node: (rules, date, chosen) => {
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
    return sql`select project_id, min(case ${cases} end) as rank from ${byProject("node")}
      where ${isChosen("node.project_id", chosen)} and node.archived_on is null and planned_on is not null
      group by project_id`;
  },

  investment: ({ profiles: { investment } }, date, chosen) => {
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
    const completed = sql`(select sum(completed_investment) from monthly_progress indexed by monthly_progress_by_project
      where project_id = project.id and month between ${`${year}-01`} and ${lastWholeMonth(date)} and archived_on is null)`;
    return sql`select project_id, case ${cases} end as rank
      from (select project.id as project_id, ${planOfYear(Number(year))} as plan, ${completed} as completed
        from ${byProject("project")} where ${isChosen("project.id", chosen)})
      where plan > 0 and completed is not null`;
  },

  fund: ({ profiles: { fund }, fundRequiredPercent: required }, date, chosen) => {
    if (required === null) return null;
    const percent = sql.lit(required);
    const missing = sql`(arranged * ${percent} - paid * 100)`;
    const isTianjin = fund === "tianjin";
    const yellow = isTianjin ? sql`when ${missing} * 10 <= arranged * ${percent} * 3 then 1` : sql``;
    return sql`select project_id, case when ${missing} <= 0 then 2 ${yellow} else 0 end as rank
      from (select project_id, sum(coalesce(arranged, 0)) as arranged, sum(coalesce(paid, 0)) as paid
        from ${byProject("fund")}
        where ${isChosen("fund.project_id", chosen)} and year = ${Number(date.slice(0, 4))} and fund.archived_on is null
        ${isTianjin ? sql`and source = 'special_bond'` : sql``} group by project_id)
      where arranged > 0`;
  },

  stats: (_, date, chosen) => {
    const { yellowFrom, redFrom } = statsBounds(date);
    return sql`select project.id as project_id, case
      when stats_state = 'not_required' then null
      when stats_state = 'entered' and (stats_entered_on is null or stats_entered_on <= ${date}) then 2
      when started_on <= ${redFrom} then 0 when started_on <= ${yellowFrom} then 1 end as rank
      from ${byProject("project")} where ${isChosen("project.id", chosen)}`;
  },

  start: (rules, date, chosen) => {
    const last = lastWholeMonth(date);
    const planned = sql`substr(planned_on, 1, 7)`;
    return sql`select project_id, case
      when started_on is not null then iif(substr(started_on, 1, 7) <= ${planned}, 2, null)
      when ${planned} > ${last} then null
      when ${planned} <= ${addMonths(last, -2)} then 0 else 1 end as rank
      from (select node.project_id, min(node.planned_on) as planned_on,
        coalesce(iif(project.started_on <= ${date}, project.started_on, null),
          min(iif(${isDoneOn({ lightRules: rules }, date)}, node.actual_on, null))) as started_on
        from ${startNodes} join ${byProject("project")} on project.id = node.project_id
        where ${isChosen("node.project_id", chosen)} and node.archived_on is null and (node.name like '%开工' or node.name like '%开工建设')
        group by node.project_id)
      where planned_on is not null`;
  },
};
