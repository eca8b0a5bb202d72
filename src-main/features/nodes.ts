/** Nodes (节点, F05): plan, completion, audit. Rules: domain/review.ts and domain/light.ts. */
import type { nodes as contract } from "#contract/ledger.ts";
import { Failure } from "#domain/failure.ts";
import type { Values } from "#domain/registry.ts";
import { isLocked, nextAuditState, type ReviewAct } from "#domain/review.ts";
import { type AuditState, auditStates } from "#domain/values.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { formValues, requireNotFuture } from "./entry.ts";
import type { Handlers } from "./handlers.ts";
import { nodesInState, nodesOfMonth } from "./node-lists.ts";
import { describeNodes, type StoredNode, submitterOffices } from "./node-rows.ts";
import type { Office } from "./office.ts";

const actWords: Record<ReviewAct, string> = {
  submit: "上报",
  withdraw: "撤回",
  approve: "审核通过",
  return: "退回",
  reopen: "重新打开",
};

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
    requireUnlocked(node);
    if (!submit) return office.write("update_node", id, [{ entity: "node", id, values: given }]);
    const state = reviewedState(office, { ...node, ...given }, "submit");
    const sent = { ...given, ...reviewValues("submit", state, "", office.today) };
    return office.write("submit_node", id, [{ entity: "node", id, values: sent }]);
  },

  archive: (office, { id }) => {
    const node = readNode(office, id);
    office.editableProject(node.project_id);
    requireUnlocked(node);
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
    if (act === "withdraw") requireOwnSubmissions(office, chosen);
    const writes = chosen.map((node): Write => {
      const state = reviewedState(office, node, act);
      return { entity: "node", id: node.id, values: reviewValues(act, state, reason, office.today) };
    });
    return office.write(`${act}_node`, ids[0] ?? "", writes);
  },

  month: (office, input) => describeNodes(office, nodesOfMonth(office, input), input.asOf),

  inState: (office, { state, asOf }) => describeNodes(office, nodesInState(office, state).rows, asOf),
};

/** Refuses a change of a node that has been sent up or approved. Throws Failure node_locked. */
export function requireUnlocked(node: Pick<StoredNode, "name" | "audit_state">): void {
  if (!isLocked(node.audit_state)) return;
  const next = node.audit_state === "submitted" ? "撤回上报，或由上级退回" : "由审核单位重新打开";
  throw new Failure("node_locked", { name: node.name, state: auditStates[node.audit_state], next });
}

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

/** What is taken back is one's own: a node sent up by another office is returned, with a reason. */
function requireOwnSubmissions(office: Office, chosen: readonly StoredNode[]): void {
  for (const submitter of submitterOffices(office, chosen).values()) {
    if (submitter.id === office.id) continue;
    throw new Failure("not_permitted", { office: office.self.name, what: "他人上报的节点", who: submitter.name });
  }
}

/** The state the act leads to. Throws Failure archived, not_permitted, review_refused or completion_incomplete. */
function reviewedState(office: Office, node: StoredNode, act: ReviewAct): AuditState {
  const { level, name } = office.self;
  if (node.archived_on !== null) throw new Failure("archived", { what: "节点" });
  const state = nextAuditState(act, node.audit_state, level);
  if (state === null) {
    if (nextAuditState(act, node.audit_state, "city") !== null) {
      throw new Failure("not_permitted", { office: name, what: "节点的审核结果", who: "区市县、先导区或市级" });
    }
    throw new Failure("review_refused", { name: node.name, state: auditStates[node.audit_state], act: actWords[act] });
  }
  if (act === "submit" && node.actual_on === null) throw new Failure("completion_incomplete", { name: node.name });
  return state;
}

/** Offices below the district never write the review's own fields (sync law 9). */
function reviewValues(act: ReviewAct, state: AuditState, reason: string, today: string): Values<"node"> {
  if (act === "submit") return { audit_state: state, submitted_on: today };
  if (act === "withdraw") return { audit_state: state, submitted_on: null };
  return { audit_state: state, reviewed_on: today, review_note: reason || null };
}
