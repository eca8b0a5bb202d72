/** Invented problems of the demo, on every level of the ladder and in every state, each with its story. */
import { addDays } from "#domain/calendar.ts";
import { guessCategory } from "#domain/issue-category.ts";
import type { Values } from "#domain/registry.ts";
import { type IssueAct, type IssueLevel, issueLevels, keysOf } from "#domain/values.ts";
import { newId, type Write } from "#journal/journal.ts";
import type { DemoProject } from "./nodes.ts";
import type { DemoPerson } from "./people.ts";
import type { Random } from "./random.ts";

const problems = [
  ["厂区外供水管网尚未接入", "演示市水务集团"],
  ["临时用电容量不足，影响桩基施工", "演示供电公司"],
  ["北侧三户尚未完成动迁", "演示动迁办"],
  ["林地调规批复未下", "演示自然资源局"],
  ["施工许可证审批材料需补正", "演示住建局"],
  ["银行贷款放款进度慢", "演示金融局"],
  ["进场道路占道施工与周边居民协调", "演示街道办"],
  ["进口设备备案手续未办结", "演示商务局"],
  ["能耗指标尚未落实", "演示发改局"],
  ["排水管线迁改方案未定", "演示城建集团"],
] as const;
const progress = ["演示：已现场会商，明确了牵头单位", "演示：已函请有关单位支持", "演示：方案正在报批"] as const;

type Step = { kind: IssueAct; level: IssueLevel; content: string | null; day: number };

/** None, one or two problems of a project; `today` is the last day of their stories. */
export function demoIssues(
  random: Random,
  project: DemoProject,
  people: readonly DemoPerson[],
  today: string,
): Write[] {
  const writes: Write[] = [];
  for (let count = random.pick([0, 0, 0, 0, 1, 1, 2]); count > 0; count--)
    writes.push(...demoIssue(random, project, people, today));
  return writes;
}

function demoIssue(random: Random, project: DemoProject, people: readonly DemoPerson[], today: string): Write[] {
  const [title, handler] = random.pick<readonly [string, string]>(problems);
  const age = random.between(3, 130);
  const height = random.chance(35) ? random.between(1, 3) : 0;
  const isSolved = random.chance(40);
  const steps = storyOf(random, age, height, isSolved);
  const on = (day: number) => addDays(today, -day);
  const last = (kind: IssueAct) => steps.findLast((step) => step.kind === kind);
  const dayOf = (kind: IssueAct) => {
    const step = last(kind);
    return step ? on(step.day) : null;
  };
  const level = keysOf(issueLevels)[height] ?? "region";
  const isHotline = random.chance(20);
  const values: Values<"issue"> = {
    project_id: project.id,
    title: `演示：${title}`,
    category: guessCategory(title) ?? "other",
    source: isHotline ? "hotline" : random.pick(["visit", "dispatch", "inspection", "report"]),
    found_on: on(age),
    detail: "演示：企业反映影响后续施工安排，情况为虚构。",
    handler_unit: handler,
    measures: random.chance(70) ? "演示：由承办单位牵头，属地配合，倒排时间推进。" : null,
    deadline_on: random.chance(70) ? on(age - random.between(15, 100)) : null,
    state: dayOf("close") ? "closed" : dayOf("solve") ? "solved" : "open",
    level,
    level_since: dayOf("raise") ?? on(age),
    awaits_answer: last("raise") && !last("answer") && !isSolved ? 1 : 0,
    ...(isHotline && {
      hotline_no: `演示${random.between(100_000, 999_999)}`,
      caller: "赵样本",
      caller_phone: "0411-00000000",
    }),
    ...(last("supervise") && {
      is_supervised: 1 as const,
      supervised_on: dayOf("supervise"),
      supervised_by: "市政府督考办（演示）",
    }),
    needs_relief: height > 0 && random.chance(40) ? 1 : 0,
    solved_on: dayOf("solve"),
    owner_replied_on: dayOf("owner_reply"),
    owner_reply: last("owner_reply")?.content ?? null,
    closed_on: dayOf("close"),
  };
  const id = newId("issue");
  const entries = steps.map(
    ({ kind, level, content, day }): Write => ({
      entity: "issue_entry",
      id: newId("issue_entry"),
      values: {
        project_id: project.id,
        issue_id: id,
        kind,
        happened_on: on(day),
        level,
        content,
        office_id: project.office_id,
        person_name: people[0]?.values.name ?? null,
      },
    }),
  );
  return [{ entity: "issue", id, values }, ...entries];
}

/** Steps from `age` days ago to at the latest today: followed up, raised level by level, answered, solved, closed. */
function storyOf(random: Random, age: number, height: number, isSolved: boolean): Step[] {
  const ladder = keysOf(issueLevels);
  const steps: Omit<Step, "day">[] = [{ kind: "follow_up", level: "region", content: random.pick(progress) }];
  for (const level of ladder.slice(1, height + 1)) {
    steps.push({ kind: "raise", level, content: "演示：超出本级权限，请上级协调" });
  }
  const level = ladder[height] ?? "region";
  if (height > 0 && random.chance(50)) {
    steps.push({ kind: "supervise", level, content: "演示：限期解决，每月报告进展" });
  }
  if (height > 0 && (isSolved || random.chance(60))) {
    steps.push({ kind: "answer", level, content: "演示：已明确由承办单位本月内解决" });
  }
  if (isSolved) {
    steps.push({ kind: "solve", level, content: "演示：问题已解决" });
    if (random.chance(70)) steps.push({ kind: "owner_reply", level, content: "演示：企业表示满意" });
    if (steps.at(-1)?.kind === "owner_reply" && random.chance(80)) steps.push({ kind: "close", level, content: null });
  }
  const gap = Math.max(1, Math.floor(age / (steps.length + 1)));
  return steps.map((step, at) => ({ ...step, day: Math.max(0, age - gap * (at + 1)) }));
}
