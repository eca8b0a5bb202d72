import { Badge, Group } from "@mantine/core";
import type { IssueRow } from "#contract/issues.ts";
import { type IssueMark, issueMarks } from "#domain/issue-list.ts";
import type { IssueState } from "#domain/values.ts";

const states: Record<IssueState, string> = { open: "blue", solved: "teal", closed: "gray" };
const colors: Record<Exclude<IssueMark["kind"], "state">, string> = {
  urgent: "red",
  waiting: "orange",
  board: "grape",
  relief: "cyan",
  silent: "indigo",
};

/** Where an issue stands, and what of it presses. No badge is cut, however narrow the column. */
export function IssueBadges({ issue }: { issue: IssueRow }) {
  return (
    <Group gap={4} wrap="nowrap">
      {issueMarks(issue).map(({ text, kind }) => (
        <Badge key={text} miw="max-content" color={kind === "state" ? states[issue.state] : colors[kind]}>
          {text}
        </Badge>
      ))}
    </Group>
  );
}
