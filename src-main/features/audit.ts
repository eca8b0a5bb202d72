/**
 * 上报, 审核 and 退回 as acts on stored records: node completions and monthly reports alike. Which act leads where, and
 * who may do it, stands in domain/review.ts.
 */
import { Failure } from "#domain/failure.ts";
import type { Values } from "#domain/registry.ts";
import { isLocked, nextAuditState, type ReviewAct, reviewWords, type StoredAudit } from "#domain/review.ts";
import { type AuditState, auditStates } from "#domain/values.ts";
import { parseStamp } from "#journal/stamp.ts";
import { numbersIn } from "#journal/touched.ts";
import { parseVersions } from "#journal/versions.ts";
import type { Office } from "./office.ts";

/** The records that are audited: the field of their state, and what clerks call them. */
export const audited = {
  node: { field: "audit_state", what: "节点" },
  monthly_progress: { field: "report_state", what: "月报" },
} as const;
export type AuditedEntity = keyof typeof audited;

type Submitted = { id: string; versions: string; touched_by: string };

/** What can be done next with a record in each state, and by whom. */
const nextSteps: Record<AuditState, string> = {
  draft: "由填报单位上报",
  submitted: "由审核单位审核通过或退回",
  approved: "由审核单位重新打开，才能再改",
  returned: "由填报单位改好后重新上报",
};

/** Refuses a change of what has been sent up or approved. `name` is the record's for the clerk. Throws Failure locked. */
export function requireUnlocked(entity: AuditedEntity, name: string, state: StoredAudit): void {
  if (state === null || !isLocked(state)) return;
  const next = state === "submitted" ? "撤回上报，或由上级退回" : "由审核单位重新打开";
  throw new Failure("locked", { what: audited[entity].what, name, state: auditStates[state], next });
}

/** The state that the act leads to for this office. Throws Failure not_permitted or review_refused. */
export function stateAfter(
  office: Office,
  entity: AuditedEntity,
  name: string,
  state: StoredAudit,
  act: ReviewAct,
): AuditState {
  const self = office.self;
  const next = nextAuditState(act, state, self.level);
  if (next !== null) return next;
  const { what } = audited[entity];
  if (nextAuditState(act, state, "city") !== null) {
    throw new Failure("not_permitted", { office: self.name, what: `${what}的审核结果`, who: "区市县、先导区或市级" });
  }
  const now = state ?? "draft";
  throw new Failure("review_refused", {
    what,
    name,
    state: auditStates[now],
    act: reviewWords[act],
    next: nextSteps[now],
  });
}

type ReviewFields = Pick<Values<"node">, "submitted_on" | "reviewed_on" | "review_note">;

/** What an act writes beside the state. Offices below the district never write the review's own fields (sync law 9). */
export function reviewFields(act: ReviewAct, reason: string, today: string): ReviewFields {
  if (act === "submit") return { submitted_on: today };
  if (act === "withdraw") return { submitted_on: null };
  return { reviewed_on: today, review_note: reason || null };
}

/**
 * By record id, the office that sent each submitted record up: only that office may take it back. What was sent up on
 * this PC is told by the stamp alone; of others the log is asked, from the last change backwards.
 */
export function submitterOffices(
  office: Office,
  entity: AuditedEntity,
  records: readonly (Submitted & { audit_state?: StoredAudit; report_state?: StoredAudit })[],
): Map<string, { id: string; name: string }> {
  const { log, replica } = office.journal;
  const { field } = audited[entity];
  const own = { id: office.id, name: office.self.name };
  const submitted = records.filter((record) => record[field] === "submitted");
  // In the order of the log, so that each of its sections is looked into once.
  const lastTouch = ({ touched_by }: Submitted) => numbersIn(touched_by).at(-1) ?? 0;
  return new Map(
    submitted
      .sort((left, right) => lastTouch(left) - lastTouch(right))
      .flatMap((record) => {
        const stamp = parseVersions(entity, record.versions).byField.get(field);
        if (stamp !== undefined && parseStamp(stamp).replica === replica) return [[record.id, own] as const];
        for (const number of numbersIn(record.touched_by).reverse()) {
          const facts = log.factsAt(number);
          if (facts.stamp === stamp) return [[record.id, { id: facts.officeId, name: facts.officeName }] as const];
        }
        return [];
      }),
  );
}

/** What is taken back is one's own: what another office sent up is returned, with a reason. Throws Failure not_permitted. */
export function requireOwnSubmissions(
  office: Office,
  entity: AuditedEntity,
  chosen: Parameters<typeof submitterOffices>[2],
): void {
  for (const submitter of submitterOffices(office, entity, chosen).values()) {
    if (submitter.id === office.id) continue;
    const what = `他人上报的${audited[entity].what}`;
    throw new Failure("not_permitted", { office: office.self.name, what, who: submitter.name });
  }
}
