/** Lights of some projects with their reasons: the domain rule on what the records say. */
import { type RawBuilder, sql } from "kysely";
import { isDone } from "#domain/light.ts";
import { isStartNode, lastWholeMonth, type Verdict, wholeMonths } from "#domain/light-verdicts.ts";
import { type LightFacts, type LightRules, type NamedNode, projectLight } from "#domain/project-light.ts";
import type { Row } from "#domain/registry.ts";
import { planOfYear } from "#features/plan-of-year.ts";
import { query, type Store } from "#store/store.ts";

type FactsOf<K extends keyof LightFacts> = Map<string, NonNullable<LightFacts[K]>>;
type ProjectNode = NamedNode & { project_id: string };
type StatsRow = Pick<Row<"project">, "id" | "started_on" | "stats_state" | "stats_entered_on">;

/** The light on `date` by `rules` of each of the projects, and why it shines. */
export function lightsOf(
  store: Store,
  rules: LightRules,
  date: string,
  projectIds: readonly string[],
): Map<string, Verdict> {
  const { profiles } = rules;
  const ids = sql<string>`(select value from json_each(${JSON.stringify(projectIds)}))`;
  const nodes = Map.groupBy(nodesOf(store, ids), (node) => node.project_id);
  const investment = profiles.investment === "none" ? null : investments(store, date, ids);
  const funds = profiles.fund === "none" ? null : fundsOf(store, date, ids, profiles.fund === "tianjin");
  const needsStates = profiles.stats !== "none" || profiles.start !== "none";
  const states = new Map((needsStates ? statesOf(store, ids) : []).map((row) => [row.id, row]));
  const verdictOf = (id: string) => {
    const ofProject = nodes.get(id) ?? [];
    const state = states.get(id);
    const facts: LightFacts = {
      nodes: ofProject,
      investment: investment?.get(id),
      fund: funds?.get(id),
      stats: state && { state: state.stats_state, startedOn: state.started_on, enteredOn: state.stats_entered_on },
      start: state && startFacts(ofProject, state.started_on, date, rules),
    };
    return projectLight(facts, date, rules);
  };
  return new Map(projectIds.map((id) => [id, verdictOf(id)]));
}

function nodesOf(store: Store, ids: RawBuilder<string>): ProjectNode[] {
  return store.all(
    query
      .selectFrom("node")
      .select(["project_id", "name", "planned_on", "actual_on", "audit_state"])
      .where("archived_on", "is", null)
      .where("project_id", "in", ids),
  );
}

function investments(store: Store, date: string, ids: RawBuilder<string>): FactsOf<"investment"> {
  const year = date.slice(0, 4);
  const months = wholeMonths(date);
  const rows = store.all(
    query
      .selectFrom("project")
      .select(["project.id", planOfYear(Number(year)).as("plan")])
      .select(
        sql<number | null>`(select sum(completed_investment) from monthly_progress where project_id = project.id
          and month between ${`${year}-01`} and ${lastWholeMonth(date)} and archived_on is null)`.as("completed"),
      )
      .where("project.id", "in", ids),
  );
  return new Map(rows.map(({ id, plan, completed }) => [id, { plan, completed, months }]));
}

function fundsOf(store: Store, date: string, ids: RawBuilder<string>, bondsOnly: boolean): FactsOf<"fund"> {
  const ofYear = query
    .selectFrom("fund")
    .select("project_id")
    .select(sql<number>`sum(coalesce(arranged, 0))`.as("arranged"))
    .select(sql<number>`sum(coalesce(paid, 0))`.as("paid"))
    .where("year", "=", Number(date.slice(0, 4)))
    .where("archived_on", "is", null)
    .where("project_id", "in", ids)
    .groupBy("project_id");
  const rows = store.all(bondsOnly ? ofYear.where("source", "=", "special_bond") : ofYear);
  return new Map(rows.map(({ project_id, arranged, paid }) => [project_id, { arranged, paid }]));
}

function statesOf(store: Store, ids: RawBuilder<string>): StatsRow[] {
  return store.all(
    query.selectFrom("project").select(["id", "started_on", "stats_state", "stats_entered_on"]).where("id", "in", ids),
  );
}

/** The start that the nodes plan, and the one that the card or a finished node tells of. */
function startFacts(nodes: readonly NamedNode[], startedOn: string | null, date: string, rules: LightRules) {
  const starts = nodes.filter(({ name }) => isStartNode(name));
  const earliest = (days: (string | null)[]) => days.filter((day) => day !== null).sort()[0] ?? null;
  return {
    plannedOn: earliest(starts.map((node) => node.planned_on)),
    startedOn:
      startedOn !== null && startedOn <= date
        ? startedOn
        : earliest(starts.filter((node) => isDone(node, date, rules)).map((node) => node.actual_on)),
  };
}
