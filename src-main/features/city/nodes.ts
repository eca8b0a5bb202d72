/** Invented nodes of one project along its story: most in time, some late, some overdue now. */
import { addDays, daysBetween, monthOf } from "#domain/calendar.ts";
import type { Values } from "#domain/registry.ts";
import type { Random } from "#features/demo/random.ts";
import { newId } from "#journal/journal.ts";
import type { Diary } from "./diary.ts";
import type { CityProject } from "./projects.ts";

/** Steps before the start of construction and after it, each with its place between the days of the story. */
const before = ["项目备案", "用地预审与选址意见书", "建设用地规划许可证", "建设工程规划许可证", "施工许可证"];
const after = ["正式开工", "基础施工完成", "主体结构封顶", "设备安装调试", "竣工验收", "投产运营"];

/** Notes the plan of the project's nodes when it was registered, and what became of each when it did. */
export function tellNodes(random: Random, diary: Diary, project: CityProject, person: string, today: string): void {
  const { id: project_id, registered, starts, ends, values } = project;
  // A project that runs late is late in several places.
  const isSlow = random.chance(14);
  for (const [index, { name, planned }] of plannedSteps(registered, starts, ends).entries()) {
    const id = newId("node");
    const plan: Values<"node"> = {
      project_id,
      name,
      planned_on: planned,
      planned_month: monthOf(planned),
      responsible_unit: values.responsible_unit ?? null,
      responsible_person: person || null,
      position: index + 1,
      audit_state: "draft",
    };
    diary.note(registered, { entity: "node", id, values: plan });
    const done = addDays(planned, delay(random, isSlow));
    const actual = done < registered ? registered : done;
    if (actual >= today) continue;
    const sentUp = addDays(actual, random.between(0, 3));
    const completion: Values<"node"> = { actual_on: actual, completion_note: "演示：本节点已完成" };
    if (sentUp > today || random.chance(1)) {
      diary.note(actual, { entity: "node", id, values: completion });
      continue;
    }
    const submitted: Values<"node"> = {
      ...completion,
      evidence: "演示：批复文件存项目档案",
      audit_state: "submitted",
      submitted_on: sentUp,
    };
    const reviewed = addDays(sentUp, random.between(1, 9));
    const verdict = reviewed > today ? {} : review(random, reviewed, daysBetween(reviewed, today));
    diary.note(reviewed > today ? sentUp : reviewed, { entity: "node", id, values: { ...submitted, ...verdict } });
  }
}

function plannedSteps(registered: string, starts: string, ends: string): { name: string; planned: string }[] {
  const preparation = daysBetween(registered, starts);
  const construction = daysBetween(starts, ends);
  return [
    ...before.map((name, at) => ({
      name,
      planned: addDays(registered, Math.round((preparation * (at + 1)) / (before.length + 1))),
    })),
    ...after.map((name, at) => ({
      name,
      planned: addDays(starts, Math.round((construction * at) / (after.length - 1))),
    })),
  ];
}

/** Days by which a node is done after its planned day; negative: before it. */
function delay(random: Random, isSlow: boolean): number {
  const course = random.between(1, 100);
  if (isSlow) return course <= 40 ? random.between(1, 20) : random.between(15, 150);
  if (course <= 80) return -random.between(0, 12);
  return course <= 96 ? random.between(1, 12) : random.between(13, 60);
}

/** What was returned long ago has been sent up again and approved. */
function review(random: Random, day: string, age: number): Values<"node"> {
  if (age < 30 && random.chance(12)) {
    return { audit_state: "returned", reviewed_on: day, review_note: "演示：请补充佐证材料的文号和日期" };
  }
  return { audit_state: "approved", reviewed_on: day };
}
