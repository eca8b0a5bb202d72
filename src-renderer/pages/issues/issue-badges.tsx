import { Badge, Group } from "@mantine/core";
import type { IssueRow } from "#contract/issues.ts";
import { type IssueState, issueStates } from "#domain/values.ts";

const colors: Record<IssueState, string> = { open: "blue", solved: "teal", closed: "gray" };

/** Where an issue stands: its state, and what of it presses. No badge is cut, however narrow the column. */
export function IssueBadges({ issue }: { issue: IssueRow }) {
  return (
    <Group gap={4} wrap="nowrap">
      <IssueBadge
        color={colors[issue.state]}
        text={issue.state === "solved" ? "待业主回音" : issueStates[issue.state]}
      />
      {issue.contradiction && <IssueBadge color="red" text="需核对" />}
      {issue.overdue && <IssueBadge color="red" text="超期" />}
      {issue.awaits_answer === 1 && issue.state === "open" && <IssueBadge color="orange" text="待答复" />}
      {issue.is_supervised === 1 && <IssueBadge color="grape" text="督办" />}
      {issue.needs_relief === 1 && <IssueBadge color="cyan" text="纾解" />}
      {issue.silent && <IssueBadge color="yellow" text="待跟进" />}
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
