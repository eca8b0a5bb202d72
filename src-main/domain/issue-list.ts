/** What lists of issues say beside an issue's own fields; the page, the sheets and the workbook say it alike. */
import { daysBetween } from "./calendar.ts";
import type { FieldName, Row } from "./registry.ts";
import { issueStates } from "./values.ts";

type Listed = Pick<Row<"issue">, "state" | "awaits_answer" | "is_supervised" | "needs_relief"> & {
  overdue: boolean;
  silent: boolean;
  contradiction: string | null;
};

export type IssueMark = { text: string; kind: "state" | "urgent" | "waiting" | "board" | "relief" | "silent" };

/** Where an issue stands, and what of it presses; what presses is said instead of 办理中. */
export function issueMarks(issue: Listed): IssueMark[] {
  const { state } = issue;
  const isAwaiting = issue.awaits_answer === 1 && state === "open";
  const isQuiet = !issue.overdue && !isAwaiting && !issue.silent;
  const marks: (IssueMark | false)[] = [
    (state !== "open" || isQuiet) && { text: state === "solved" ? "待业主回音" : issueStates[state], kind: "state" },
    issue.contradiction !== null && { text: "需核对", kind: "urgent" },
    issue.overdue && { text: "超期", kind: "urgent" },
    isAwaiting && { text: "待答复", kind: "waiting" },
    issue.is_supervised === 1 && { text: "督办", kind: "board" },
    issue.needs_relief === 1 && { text: "纾解", kind: "relief" },
    issue.silent && { text: "待跟进", kind: "silent" },
  ];
  return marks.filter((mark) => mark !== false);
}

/** "2026-11-30，还有 8 天"; only the day once it is solved. */
export function deadlineText(
  { deadline_on, state }: Pick<Row<"issue">, "deadline_on" | "state">,
  asOf: string,
): string {
  if (!deadline_on) return state === "open" ? "未限时" : "";
  if (state !== "open") return deadline_on;
  const days = daysBetween(asOf, deadline_on);
  if (days === 0) return `${deadline_on}，今天到期`;
  return days > 0 ? `${deadline_on}，还有 ${days} 天` : `${deadline_on}，超期 ${-days} 天`;
}

/** Fields that a list may show as they are, besides what it works out. */
export const plainIssueFields = [
  "detail",
  "measures",
  "handler_person",
  "hotline_no",
  "caller",
  "caller_phone",
  "level_since",
  "supervised_on",
  "supervised_by",
  "solved_on",
  "owner_replied_on",
  "owner_reply",
  "closed_on",
] as const satisfies readonly FieldName<"issue">[];
