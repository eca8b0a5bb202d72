/**
 * The audit of node completions. R-10 (S3): every node is audited when it is entered (逐个审核录入).
 * 草稿 → 上报 → 审核通过 / 退回(reason); what has been sent up is locked until it is returned; review
 * decisions come only from the district upward (sync law 9).
 */
import type { AuditState, OfficeLevel } from "./values.ts";

export type ReviewAct = "submit" | "withdraw" | "approve" | "return" | "reopen";

const transitions: Record<ReviewAct, { from: readonly AuditState[]; to: AuditState; by: readonly OfficeLevel[] }> = {
  submit: { from: ["draft", "returned"], to: "submitted", by: ["street", "district", "city"] },
  /** The office that submitted takes it back before anyone has reviewed it. */
  withdraw: { from: ["submitted"], to: "draft", by: ["street", "district", "city"] },
  approve: { from: ["submitted"], to: "approved", by: ["district", "city"] },
  return: { from: ["submitted"], to: "returned", by: ["district", "city"] },
  /** A reviewer reopens an approved node, with a reason. */
  reopen: { from: ["approved"], to: "returned", by: ["district", "city"] },
};

/** The state that `act` leads to, or null when this level may not do it in this state. */
export function nextAuditState(act: ReviewAct, from: AuditState, level: OfficeLevel): AuditState | null {
  const transition = transitions[act];
  return transition.from.includes(from) && transition.by.includes(level) ? transition.to : null;
}

/** True while a node's completion must not be edited: sent up or approved. */
export function isLocked(state: AuditState): boolean {
  return state === "submitted" || state === "approved";
}

/** Levels below the district may write only these audit states (checked on import, law 9). */
export function mayWriteAuditState(state: AuditState, level: OfficeLevel): boolean {
  return level !== "street" || state === "draft" || state === "submitted";
}

/** The acts open to an office of this level on a node in this state. */
export function openActs(state: AuditState, level: OfficeLevel): ReviewAct[] {
  return (Object.keys(transitions) as ReviewAct[]).filter((act) => nextAuditState(act, state, level) !== null);
}
