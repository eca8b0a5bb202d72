/** Invented problems of one project with the steps of their handling, up the ladder of R-12 where they need it. */
import { addDays, daysBetween } from "#domain/calendar.ts";
import type { Values } from "#domain/registry.ts";
import { issueCategories, issueLevels, issueSources, keysOf } from "#domain/values.ts";
import type { Random } from "#features/demo/random.ts";
import { newId } from "#journal/journal.ts";
import type { Diary } from "./diary.ts";
import type { CityProject } from "./projects.ts";

const levels = keysOf(issueLevels);
type Level = (typeof levels)[number];
type Step = { day: string; kind: Values<"issue_entry">["kind"]; level: Level; content: string };

/** Notes none to three problems found since the day `since`; four of five are closed in the end. */
export function tellIssues(random: Random, diary: Diary, project: CityProject, since: string, today: string): void {
  const from = project.registered > since ? project.registered : since;
  const span = daysBetween(from, today);
  if (span < 10 || !random.chance(38)) return;
  for (let count = random.between(1, 3); count > 0; count--) {
    const found = addDays(from, random.between(1, span));
    tellIssue(random, diary, project, found, today);
  }
}

function tellIssue(random: Random, diary: Diary, project: CityProject, found: string, today: string): void {
  const id = newId("issue");
  const category = random.pick(keysOf(issueCategories));
  const source = random.pick(keysOf(issueSources));
  const top = levels[levelReached(random)] ?? "region";
  const steps = stepsOf(random, found, top, today);
  const reached = steps.findLast(({ kind }) => kind === "raise");
  const last = (kind: Step["kind"]) => steps.findLast((step) => step.kind === kind)?.day ?? null;
  const told = [...steps];
  const closed = last("close");
  const solved = last("solve");
  diary.note(found, {
    entity: "issue",
    id,
    values: {
      project_id: project.id,
      title: `演示：${issueCategories[category]}需要协调`,
      detail: "演示：项目单位反映的具体情况，内容为虚构",
      category,
      source,
      found_on: found,
      handler_unit: project.values.responsible_unit ?? null,
      measures: "演示：会商后分工办理",
      deadline_on: addDays(found, 30),
      ...(source === "hotline" ? { hotline_no: `演示-${found.replaceAll("-", "")}`, caller: "演示来电人" } : {}),
      state: "open",
      level: "region",
      level_since: found,
    },
  });
  if (reached) {
    const { level, day } = reached;
    const isAnswered = steps.at(-1) !== reached;
    // What goes beyond one vice mayor's field is put on the board.
    const isSupervised = level !== "vice_mayor";
    if (isSupervised) told.push({ day, kind: "supervise", level, content: "演示：请承办单位限期办结并报结果" });
    const board: Values<"issue"> = isSupervised
      ? { is_supervised: 1, supervised_on: day, supervised_by: "演示督办单位" }
      : {};
    const values: Values<"issue"> = { level, level_since: day, awaits_answer: isAnswered ? 0 : 1, ...board };
    diary.note(day, { entity: "issue", id, values });
  }
  if (solved) diary.note(solved, { entity: "issue", id, values: { state: "solved", solved_on: solved } });
  if (closed) {
    const values: Values<"issue"> = {
      state: "closed",
      owner_replied_on: last("owner_reply"),
      owner_reply: "演示：项目单位表示满意",
      closed_on: closed,
    };
    diary.note(closed, { entity: "issue", id, values });
  }
  for (const { day, kind, level, content } of told) {
    diary.note(day, {
      entity: "issue_entry",
      id: newId("issue_entry"),
      values: {
        project_id: project.id,
        issue_id: id,
        kind,
        happened_on: day,
        level,
        content,
        office_id: project.values.office_id,
        person_name: "演示经办人",
      },
    });
  }
}

/** Three of four stay with the region; one in fifty reaches the mayor. */
function levelReached(random: Random): number {
  const point = random.between(1, 100);
  return point <= 75 ? 0 : point <= 92 ? 1 : point <= 98 ? 2 : 3;
}

/** The steps up to today, in the order of their days. */
function stepsOf(random: Random, found: string, top: Level, today: string): Step[] {
  const steps: Step[] = [];
  let day = found;
  let level: Level = "region";
  const take = (after: number, kind: Step["kind"], content: string): boolean => {
    const next = addDays(day, after);
    if (next > today) return false;
    day = next;
    steps.push({ day, kind, level, content });
    return true;
  };
  for (const higher of levels.slice(1, levels.indexOf(top) + 1)) {
    if (!take(random.between(8, 20), "follow_up", "演示：已会商，本级协调不了")) return steps;
    level = higher;
    if (!take(random.between(1, 4), "raise", "演示：请上一级协调")) return steps;
    if (!take(random.between(6, 20), "answer", "演示：已安排有关部门办理")) return steps;
  }
  if (random.chance(20)) {
    while (take(random.between(26, 40), "follow_up", "演示：仍在办理")) if (random.chance(25)) return steps;
    return steps;
  }
  if (!take(random.between(4, 60), "solve", "演示：已经办妥")) return steps;
  // Some owners have not been asked yet.
  if (random.chance(7)) return steps;
  if (!take(random.between(1, 6), "owner_reply", "演示：项目单位表示满意")) return steps;
  take(random.between(0, 4), "close", "演示：件件有回音，销号");
  return steps;
}
