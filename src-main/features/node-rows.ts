/** Nodes as pages show them: their light on a day, their project, and the review acts open to this office. */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { NodeRow } from "#contract/ledger.ts";
import { countingStates, daysAhead, nodeLight } from "#domain/light.ts";
import type { Row } from "#domain/registry.ts";
import { openActs } from "#domain/review.ts";
import { query } from "#store/store.ts";
import { submitterOffices } from "./audit.ts";
import type { Office } from "./office.ts";

export type StoredNode = Row<"node"> & { versions: string; touched_by: string };

/** SQL twin of isDone in domain/light.ts, on the columns of `node`. */
export function isDoneOn({ lightRules }: Pick<Office, "lightRules">, date: string): RawBuilder<SqlBool> {
  const states = sql.join(countingStates(lightRules.countsFrom).map((state) => sql.lit(state)));
  return sql<SqlBool>`(node.actual_on is not null and node.actual_on <= ${date} and node.audit_state in (${states}))`;
}

/** The given nodes in the given order, lights dated by `asOf`. */
export function describeNodes(office: Office, nodes: readonly StoredNode[], asOf: string): NodeRow[] {
  const projectIds = JSON.stringify([...new Set(nodes.map((node) => node.project_id))]);
  const projects = office.store.all(
    query
      .selectFrom("project")
      .leftJoin("office", "office.id", "project.office_id")
      .select(["project.id", "project.name", "project.office_id", "project.archived_on", "office.name as officeName"])
      .where("project.id", "in", sql<string>`(select value from json_each(${projectIds}))`),
  );
  const byId = new Map(projects.map((project) => [project.id, project]));
  const { lightRules, subtree } = office;
  const { level } = office.self;
  const submitters = submitterOffices(office, "node", nodes);
  return nodes.map((node) => {
    const { versions: _, touched_by: __, ...row } = node;
    const project = byId.get(node.project_id);
    const editable = project !== undefined && project.archived_on === null && subtree.has(project.office_id);
    const isOwnSubmission = submitters.get(node.id)?.id === office.id;
    return {
      ...row,
      light: nodeLight(node, asOf, lightRules),
      daysAhead: daysAhead(node, asOf),
      projectName: project?.name ?? "",
      officeName: project?.officeName ?? "",
      acts: editable ? openActs(node.audit_state, level).filter((act) => act !== "withdraw" || isOwnSubmission) : [],
    };
  });
}
