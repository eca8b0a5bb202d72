/**
 * The audit of node completions and of monthly reports. R-10 (S3): every node is audited when it is entered
 * (逐个审核录入), and progress is reported; a national project library locks what has been sent up until it is returned.
 * 草稿 → 上报 → 审核通过 / 退回(reason); what has been sent up is locked until it is returned; review
 * decisions come only from the district upward (sync law 9).
 */
import type { AuditState, OfficeLevel } from "./values.ts";

/** A record without a state has never been sent up: a draft. */
export type StoredAudit = AuditState | null;

export type ReviewAct = "submit" | "withdraw" | "approve" | "return" | "reopen";

const transitions: Record<ReviewAct, { from: readonly AuditState[]; to: AuditState; by: readonly OfficeLevel[] }> = {
  submit: { from: ["draft", "returned"], to: "submitted", by: ["street", "district", "city"] },
  /** The office that submitted takes it back before anyone has reviewed it. */
  withdraw: { from: ["submitted"], to: "draft", by: ["street", "district", "city"] },
  approve: { from: ["submitted"], to: "approved", by: ["district", "city"] },
  return: { from: ["submitted"], to: "returned", by: ["district", "city"] },
  /** A reviewer reopens what is approved, with a reason. */
  reopen: { from: ["approved"], to: "returned", by: ["district", "city"] },
};

/** The state that `act` leads to, or null when this level may not do it in this state. */
export function nextAuditState(act: ReviewAct, from: StoredAudit, level: OfficeLevel): AuditState | null {
  const transition = transitions[act];
  return transition.from.includes(from ?? "draft") && transition.by.includes(level) ? transition.to : null;
}

/** True while what was sent up must not be edited: submitted or approved. */
export function isLocked(state: StoredAudit): boolean {
  return state === "submitted" || state === "approved";
}

/** Levels below the district may write only these audit states (checked on import, law 9). */
export function mayWriteAuditState(state: StoredAudit, level: OfficeLevel): boolean {
  return level !== "street" || state === null || state === "draft" || state === "submitted";
}

export const reviewWords: Record<ReviewAct, string> = {
  submit: "上报",
  withdraw: "撤回",
  approve: "审核通过",
  return: "退回",
  reopen: "重新打开",
};

/** The acts open to an office of this level on a record in this state. */
export function openActs(state: StoredAudit, level: OfficeLevel): ReviewAct[] {
  return (Object.keys(transitions) as ReviewAct[]).filter((act) => nextAuditState(act, state, level) !== null);
}
