/**
 * The ladder of issues. R-12 (S2): 各地区限时解决；需市级及以上协调的报分管副市长；跨地区、跨领域的报常务副市长；重特大的
 * 报市政府主要领导. R-11 (S3), its first cut: what the district can solve is solved within a time limit; what needs the
 * city or higher is put on the government's board (挂牌督办). R-27 (S3): 小问题不过夜, what cannot be solved goes up at
 * once. R-28 (S3): 件件有回音: an issue closes only after its owner has answered.
 */
import { isAtLeast } from "./office-tree.ts";
import type { Row, Values } from "./registry.ts";
import {
  type IssueAct,
  type IssueLevel,
  issueEntryKinds,
  issueLevels,
  keysOf,
  type OfficeLevel,
  officeLevels,
} from "./values.ts";

/** What the rules look at. */
export type IssueFacts = Pick<
  Row<"issue">,
  "state" | "level" | "awaits_answer" | "is_supervised" | "needs_relief" | "owner_replied_on" | "owner_reply"
>;

const ladder = keysOf(issueLevels);

/** The office that answers at each level; 市发展改革委 does so for the three leaders of the city. */
export const answeringOffice: Record<IssueLevel, OfficeLevel> = {
  region: "district",
  vice_mayor: "city",
  executive_vice_mayor: "city",
  mayor: "city",
};

/** One step up or down the ladder; null beyond its ends. */
function besides(level: IssueLevel, step: 1 | -1): IssueLevel | null {
  return ladder[ladder.indexOf(level) + step] ?? null;
}

/**
 * The level to which an office of this level may raise an issue; null when it may not. A street hands it to its
 * district, which is the same level of the ladder; a district to the city; the city on to its leaders.
 */
export function raisedTo({ level, awaits_answer }: IssueFacts, office: OfficeLevel): IssueLevel | null {
  if (office === "street") return level === "region" && awaits_answer !== 1 ? "region" : null;
  if (office === "district") return level === "region" ? "vice_mayor" : null;
  return besides(level, 1);
}

/** The level to which the office may hand an issue back; null when it may not. A district hands back to its street. */
function handedBackTo({ level, awaits_answer }: IssueFacts, office: OfficeLevel): IssueLevel | null {
  if (level !== "region") return office === "city" ? besides(level, -1) : null;
  return awaits_answer === 1 && office !== "street" ? "region" : null;
}

/** the owner has been answered and has said something. */
export function hasReply({ owner_replied_on, owner_reply }: IssueFacts): boolean {
  return owner_replied_on !== null && Boolean(owner_reply);
}

const isAtCity = ({ level }: IssueFacts) => level !== "region";
const mayClose = (issue: IssueFacts, office: OfficeLevel) => !isAtCity(issue) || office === "city";

const isAllowed: Record<IssueAct, (issue: IssueFacts, office: OfficeLevel) => boolean> = {
  follow_up: ({ state }) => state !== "closed",
  raise: (issue, office) => issue.state === "open" && raisedTo(issue, office) !== null,
  answer: ({ state, level, awaits_answer }, office) =>
    state === "open" && awaits_answer === 1 && isAtLeast(office, answeringOffice[level]),
  hand_back: (issue, office) => issue.state === "open" && handedBackTo(issue, office) !== null,
  supervise: (issue, office) =>
    issue.state === "open" && isAtCity(issue) && issue.is_supervised !== 1 && office === "city",
  unsupervise: ({ state, is_supervised }, office) => state !== "closed" && is_supervised === 1 && office === "city",
  relieve: ({ state, needs_relief }, office) => state === "open" && needs_relief !== 1 && office !== "street",
  unrelieve: ({ state, needs_relief }, office) => state !== "closed" && needs_relief === 1 && office !== "street",
  solve: (issue, office) => issue.state === "open" && (!isAtCity(issue) || office !== "street"),
  owner_reply: ({ state }) => state === "solved",
  close: (issue, office) => issue.state === "solved" && hasReply(issue) && mayClose(issue, office),
  reopen: (issue, office) => issue.state !== "open" && (issue.state === "solved" || mayClose(issue, office)),
};

/** True when an office of this level may do this with the issue as it stands. */
export function mayAct(act: IssueAct, issue: IssueFacts, office: OfficeLevel): boolean {
  return isAllowed[act](issue, office);
}

/** The acts open to an office of this level, in the order of a story. */
export function openIssueActs(issue: IssueFacts, office: OfficeLevel): IssueAct[] {
  return keysOf(issueEntryKinds).filter((act) => mayAct(act, issue, office));
}

/** Acts that say something; the others may. */
export function needsContent(act: IssueAct): boolean {
  return !["supervise", "unsupervise", "relieve", "unrelieve", "close"].includes(act);
}

/**
 * What an allowed act changes on the issue; a follow-up changes nothing, so it never meets another office's act in a
 * conflict. A street's handing up leaves `level_since` alone for the same reason. `on`: day of the act; `content`: what
 * was written; `supervisor`: who leads a supervision.
 */
export function changesOf(
  act: IssueAct,
  issue: IssueFacts,
  office: OfficeLevel,
  { on, content, supervisor }: { on: string; content: string | null; supervisor: string | null },
): Values<"issue"> {
  // Nobody is said to have answered who was not asked: the other office's raise of the same time stays visible.
  const settled = issue.awaits_answer === 1 ? { awaits_answer: 0 as const } : {};
  switch (act) {
    case "follow_up":
      return {};
    case "raise": {
      const level = raisedTo(issue, office) ?? issue.level;
      return { awaits_answer: 1, ...(level !== issue.level && { level, level_since: on }) };
    }
    case "answer":
      return settled;
    case "hand_back": {
      const level = handedBackTo(issue, office) ?? issue.level;
      const isBackInRegion = level === "region" && issue.is_supervised === 1;
      return {
        ...settled,
        ...(level !== issue.level && { level, level_since: on }),
        ...(isBackInRegion && { is_supervised: 0, supervised_on: null, supervised_by: null }),
      };
    }
    case "supervise":
      return { is_supervised: 1, supervised_on: on, supervised_by: supervisor };
    case "unsupervise":
      return { is_supervised: 0, supervised_on: null, supervised_by: null };
    case "relieve":
      return { needs_relief: 1 };
    case "unrelieve":
      return { needs_relief: 0 };
    case "solve":
      return { state: "solved", solved_on: on, ...settled };
    case "owner_reply":
      return { owner_replied_on: on, owner_reply: content };
    case "close":
      return { state: "closed", closed_on: on, ...settled };
    case "reopen":
      return { state: "open", solved_on: null, closed_on: null, owner_replied_on: null, owner_reply: null };
  }
}

/** Whose turn it is, as a sentence for the clerk. */
export function nextStep(issue: IssueFacts): string {
  const { state, level, awaits_answer } = issue;
  const holder = isAtCity(issue) ? officeLevels.city : "街道或区市县";
  const place = issueLevels[level];
  if (state === "closed") return "已销号。";
  if (state === "solved" && !hasReply(issue)) return "已解决。下一步：向业主回音，记下业主怎么说。";
  if (state === "solved") return `业主已回音。下一步：由${holder}销号。`;
  if (awaits_answer === 1) return `等待${place}答复，由${officeLevels[answeringOffice[level]]}办理。`;
  return isAtCity(issue)
    ? `${place}层级办理中，由${holder}推动。`
    : `${place}办理中，由${holder}推动；解决不了的当天上报。`;
}

/**
 * Why an issue needs another look although two offices did nothing forbidden: one closed or solved it while the other,
 * not knowing, raised or reopened it. Null when it is whole.
 */
export function contradictionOf(issue: IssueFacts): string | null {
  if (issue.state === "closed" && !hasReply(issue)) {
    return "一方销号的同时另一方重新办理，业主回音已不在。请核对；还没有办完的，点“重新办理”。";
  }
  if (issue.state !== "open" && issue.awaits_answer === 1) {
    return "一方办结的同时另一方上报了上一级。请核对；还没有办完的，点“重新办理”。";
  }
  return null;
}

/** The lowest office level that may leave an entry of this kind (sync law 9). */
export function lowestActor(kind: unknown): OfficeLevel {
  if (kind === "supervise" || kind === "unsupervise") return "city";
  return ["answer", "hand_back", "relieve", "unrelieve"].includes(String(kind)) ? "district" : "street";
}

/** The lowest office level that may put an issue on this level (sync law 9); of entries only a raise does so. */
export function lowestRaiser(level: unknown): OfficeLevel {
  if (level === null || level === "region") return "street";
  return level === "vice_mayor" ? "district" : "city";
}
