/** Steps of the ladder: each changes the issue and leaves an entry, in one change set (rules: domain/issue.ts). */
import type { Written } from "#contract/base.ts";
import type { issues as contract } from "#contract/issues.ts";
import { Failure } from "#domain/failure.ts";
import { changesOf, mayAct, needsContent } from "#domain/issue.ts";
import type { Row, Values } from "#domain/registry.ts";
import { type IssueAct, issueEntryKinds, issueLevels, issueStates } from "#domain/values.ts";
import { requireNotFuture } from "#features/entry.ts";
import type { InputOf } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query } from "#store/store.ts";

export function readIssue(office: Office, id: string): Row<"issue"> {
  const issue = office.store.first(query.selectFrom("issue").selectAll().where("id", "=", id));
  if (!issue) throw new Failure("not_found", { what: "问题" });
  return issue;
}

/** Throws Failure not_found, out_of_scope, archived, issue_refused, issue_unanswered, issue_words_missing, future_date. */
export function actOnIssues(office: Office, input: InputOf<typeof contract, "act">): Written {
  const { act, on = office.today } = input;
  const content = input.content || null;
  requireNotFuture(office, "日期", on);
  if (needsContent(act) && content === null) throw new Failure("issue_words_missing", { act: issueEntryKinds[act] });
  const chosen = editableIssues(office, input.ids);
  const { level } = office.self;
  const writes = chosen.flatMap((issue): Write[] => {
    requireAct(office, act, issue);
    const changes = changesOf(act, issue, level, { on, content, supervisor: input.supervisor || null });
    const values: Values<"issue"> = { ...changes, ...arrangements(input) };
    return [
      { entity: "issue", id: issue.id, values },
      entryOf(office, issue, { kind: act, happened_on: on, level: values.level ?? issue.level, content }),
    ];
  });
  return office.write(`${act}_issue`, input.ids[0] ?? "", writes);
}

/** Deadline and handler that an act may settle beside its own changes. */
function arrangements({ act, deadlineOn, handlerUnit }: InputOf<typeof contract, "act">): Values<"issue"> {
  const setsDeadline = ["raise", "answer", "hand_back", "supervise", "reopen"].includes(act);
  const setsHandler = ["answer", "hand_back", "supervise"].includes(act);
  return {
    ...(setsDeadline && deadlineOn !== undefined && { deadline_on: deadlineOn }),
    ...(setsHandler && handlerUnit && { handler_unit: handlerUnit }),
  };
}

/** Follow-ups of several issues, each in its own words. */
export function followUpIssues(office: Office, { on, entries }: InputOf<typeof contract, "followUp">): Written {
  const day = on ?? office.today;
  requireNotFuture(office, "日期", day);
  const byId = new Map(
    editableIssues(
      office,
      entries.map(({ id }) => id),
    ).map((issue) => [issue.id, issue]),
  );
  const writes = entries.flatMap(({ id, content }) => {
    const issue = byId.get(id);
    if (!issue) return [];
    if (content === "") throw new Failure("issue_words_missing", { act: issueEntryKinds.follow_up });
    requireAct(office, "follow_up", issue);
    return [entryOf(office, issue, { kind: "follow_up", happened_on: day, level: issue.level, content })];
  });
  return office.write("follow_up_issue", entries[0]?.id ?? "", writes);
}

/** Issues of projects that this office may change. Throws Failure not_found, out_of_scope, archived. */
function editableIssues(office: Office, ids: readonly string[]): Row<"issue">[] {
  const chosen = [...new Set(ids)].map((id) => readIssue(office, id));
  for (const projectId of new Set(chosen.map((issue) => issue.project_id))) office.editableProject(projectId);
  if (chosen.some((issue) => issue.archived_on !== null)) throw new Failure("archived", { what: "问题" });
  return chosen;
}

/** Throws Failure issue_refused or issue_unanswered, saying what to do instead. */
function requireAct(office: Office, act: IssueAct, issue: Row<"issue">): void {
  const { level } = office.self;
  if (mayAct(act, issue, level)) return;
  const { title } = issue;
  if (act === "close" && issue.state === "solved" && !issue.owner_reply)
    throw new Failure("issue_unanswered", { title });
  const isHigher = level !== "city" && mayAct(act, issue, "city");
  const hint = isHigher ? "请先写一条“跟进”说明情况，由上级办理。" : "请刷新后按现在的状态办理。";
  throw refusal(issue, issueEntryKinds[act], hint);
}

/** Says how the issue stands, what therefore is not done with it, and what to do instead. */
export function refusal({ title, state, level }: Row<"issue">, act: string, hint: string): Failure {
  return new Failure("issue_refused", { title, state: issueStates[state], level: issueLevels[level], act, hint });
}

function entryOf(
  office: Office,
  issue: Pick<Row<"issue">, "id" | "project_id">,
  given: Pick<Row<"issue_entry">, "kind" | "happened_on" | "level" | "content">,
): Write {
  const { officeId: office_id, personName: person_name } = office.actor;
  const values = { project_id: issue.project_id, issue_id: issue.id, office_id, person_name, ...given };
  return { entity: "issue_entry", id: newId("issue_entry"), values };
}
