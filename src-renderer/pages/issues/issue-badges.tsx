import { Badge, Group } from "@mantine/core";
import type { IssueRow } from "#contract/issues.ts";
import { type IssueState, issueStates } from "#domain/values.ts";

const colors: Record<IssueState, string> = { open: "blue", solved: "teal", closed: "gray" };

/** Where an issue stands, and what of it presses. No badge is cut, however narrow the column. */
export function IssueBadges({ issue }: { issue: IssueRow }) {
  const isAwaiting = issue.awaits_answer === 1 && issue.state === "open";
  // What presses is said instead of 办理中.
  const isQuiet = !issue.overdue && !isAwaiting && !issue.silent;
  return (
    <Group gap={4} wrap="nowrap">
      {(issue.state !== "open" || isQuiet) && (
        <IssueBadge
          color={colors[issue.state]}
          text={issue.state === "solved" ? "待业主回音" : issueStates[issue.state]}
        />
      )}
      {issue.contradiction && <IssueBadge color="red" text="需核对" />}
      {issue.overdue && <IssueBadge color="red" text="超期" />}
      {isAwaiting && <IssueBadge color="orange" text="待答复" />}
      {issue.is_supervised === 1 && <IssueBadge color="grape" text="督办" />}
      {issue.needs_relief === 1 && <IssueBadge color="cyan" text="纾解" />}
      {issue.silent && <IssueBadge color="yellow.9" text="待跟进" />}
    </Group>
  );
}

function IssueBadge({ color, text }: { color: string; text: string }) {
  return (
    <Badge miw="max-content" color={color}>
      {text}
    </Badge>
  );
}
