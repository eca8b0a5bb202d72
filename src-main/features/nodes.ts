/** Nodes (节点, F05): plan, completion, audit. Rules: domain/review.ts and domain/light.ts. */
import type { nodes as contract } from "#contract/ledger.ts";
import { Failure } from "#domain/failure.ts";
import type { Values } from "#domain/registry.ts";
import type { ReviewAct } from "#domain/review.ts";
import type { AuditState } from "#domain/values.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { requireOwnSubmissions, requireUnlocked, reviewFields, stateAfter } from "./audit.ts";
import { formValues, requireNotFuture } from "./entry.ts";
import { basisOn } from "./figures/basis.ts";
import { figuresReady } from "./figures/ready.ts";
import type { Handlers } from "./handlers.ts";
import { monthLines, nodesInState } from "./node-lists.ts";
import { describeNodes, type StoredNode } from "./node-rows.ts";
import type { Office } from "./office.ts";

export const nodes: Handlers<typeof contract> = {
  save: (office, { id, projectId, values, submit }) => {
    const given = formValues("node", values, ["project_id"]);
    office.editableProject(projectId);
    requireNotFuture(office, "实际完成日期", given.actual_on);
    if (id === undefined) {
      const made = newId("node");
      const fresh = { position: nextPosition(office, projectId), ...given, project_id: projectId };
      return office.write("create_node", made, [
        { entity: "node", id: made, values: { ...fresh, audit_state: "draft" } },
      ]);
    }
    const node = readNode(office, id);
    if (node.project_id !== projectId) throw new Failure("not_found", { what: "节点" });
    requireUnlocked("node", node.name, node.audit_state);
    if (!submit) return office.write("update_node", id, [{ entity: "node", id, values: given }]);
    const state = reviewedState(office, { ...node, ...given }, "submit");
    const sent = { ...given, ...reviewValues("submit", state, "", office.today) };
    return office.write("submit_node", id, [{ entity: "node", id, values: sent }]);
  },

  archive: (office, { id }) => {
    const node = readNode(office, id);
    office.editableProject(node.project_id);
    requireUnlocked("node", node.name, node.audit_state);
    return office.write("archive_node", id, [{ entity: "node", id, values: { archived_on: office.today } }]);
  },

  restore: (office, { id }) => {
    office.editableProject(readNode(office, id).project_id);
    return office.write("restore_node", id, [{ entity: "node", id, values: { archived_on: null } }]);
  },

  review: (office, { ids, act, reason = "" }) => {
    if ((act === "return" || act === "reopen") && reason === "") throw new Failure("reason_required");
    const chosen = [...new Set(ids)].map((id) => readNode(office, id));
    for (const projectId of new Set(chosen.map((node) => node.project_id))) office.editableProject(projectId);
    if (act === "withdraw") requireOwnSubmissions(office, "node", chosen);
    const writes = chosen.map((node): Write => {
      const state = reviewedState(office, node, act);
      return { entity: "node", id: node.id, values: reviewValues(act, state, reason, office.today) };
    });
    return office.write(`${act}_node`, ids[0] ?? "", writes);
  },

  month: async (office, input) => {
    await figuresReady(office, basisOn(office, input.asOf));
    return monthLines(office, input);
  },

  inState: (office, { state, asOf }) => describeNodes(office, nodesInState(office, state).rows, asOf),
};

function readNode(office: Office, id: string): StoredNode {
  const node = office.store.first(query.selectFrom("node").selectAll().where("id", "=", id));
  if (!node) throw new Failure("not_found", { what: "节点" });
  return node;
}

function nextPosition(office: Office, projectId: string): number {
  const last = office.store.first(
    query
      .selectFrom("node")
      .select((eb) => eb.fn.max<number | null>("position").as("position"))
      .where("project_id", "=", projectId)
      .where("archived_on", "is", null),
  );
  return (last?.position ?? 0) + 1;
}

/** The state the act leads to. Throws Failure archived, not_permitted, review_refused or completion_incomplete. */
function reviewedState(office: Office, node: StoredNode, act: ReviewAct): AuditState {
  if (node.archived_on !== null) throw new Failure("archived", { what: "节点" });
  const state = stateAfter(office, "node", node.name, node.audit_state, act);
  if (act === "submit" && node.actual_on === null) throw new Failure("completion_incomplete", { name: node.name });
  return state;
}

function reviewValues(act: ReviewAct, state: AuditState, reason: string, today: string): Values<"node"> {
  return { audit_state: state, ...reviewFields(act, reason, today) };
}
