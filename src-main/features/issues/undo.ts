/** What of an issue may still be taken back. R-28 (S3): 件件有回音, so no undo leaves one closed without the reply. */
import { Failure } from "#domain/failure.ts";
import { hasReply } from "#domain/issue.ts";
import type { Office } from "#features/office.ts";
import type { ChangedRecord } from "#journal/change-set.ts";
import { parseVersions } from "#journal/versions.ts";
import { query } from "#store/store.ts";
import { refusal } from "./acts.ts";

/**
 * A closed issue is taken up again, not undone, but for the very act that closed it; and the act that brought an issue
 * to a state stands once another act led on from there. `stamp`: of the change set to be undone. Throws Failure
 * issue_closed, issue_refused.
 */
export function requireUndoable(office: Office, { entity, id, values }: ChangedRecord, stamp: string): void {
  const issue = issueOf(office, entity, id);
  if (!issue || parseVersions("issue", issue.versions).byField.get("state") === stamp) return;
  if (issue.state === "closed") throw new Failure("issue_closed", { title: issue.title });
  if (entity === "issue" && Object.hasOwn(values, "state")) {
    throw refusal(issue, "撤销", "之后又办理过，请按现在的状态继续办理。");
  }
}

/** Also what undoes an undo restores no closing of which the reply is gone. Throws Failure issue_unanswered. */
export function requireAnswered(office: Office, { entity, id }: ChangedRecord): void {
  const issue = issueOf(office, entity, id);
  if (issue?.state === "closed" && !hasReply(issue)) throw new Failure("issue_unanswered", { title: issue.title });
}

/** The issue that a record is, or is a step of. */
function issueOf({ store }: Office, entity: string, id: string) {
  const step = query.selectFrom("issue_entry").select("issue_id").where("id", "=", id);
  const issueId = entity === "issue_entry" ? store.first(step)?.issue_id : entity === "issue" ? id : undefined;
  return issueId ? store.first(query.selectFrom("issue").selectAll().where("id", "=", issueId)) : undefined;
}
