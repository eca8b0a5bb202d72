/** Invented plan nodes around today's date: on time, slow, overdue, or not dated yet, in every audit state. */
import { addDays, monthOf } from "#domain/calendar.ts";
import type { Values } from "#domain/registry.ts";
import type { Stage } from "#domain/values.ts";
import { newId } from "#journal/journal.ts";
import type { Random } from "./random.ts";

/** A published project as the demo writes it; what its source does not give is absent. */
export type DemoProject = Values<"project"> & { id: string; name: string; office_id: string };

/** A node of the demo; `returnedFor` is why the reviewer gives it back after it was sent up. */
export type DemoNode = { id: string; values: Values<"node">; returnedFor?: string };

const steps = [
  "项目建议书批复",
  "可行性研究报告批复",
  "用地预审与选址意见书",
  "建设用地规划许可证",
  "建设工程规划许可证",
  "施工许可证",
  "正式开工",
  "基础施工完成",
  "主体结构封顶",
  "设备安装调试",
  "竣工验收",
  "投产运营",
];
/** The step that a project of each stage works on now. */
const currentStep: Record<Stage, number> = {
  planned: 2,
  preparatory: 4,
  started: 7,
  under_construction: 8,
  in_production: 10,
};

const courses = ["onTime", "onTime", "onTime", "early", "slow", "late", "overdue", "undated"] as const;
type Course = (typeof courses)[number];

/** Days from today to the planned day of the current step, by how the project runs. */
const currentDue: Record<Course, [number, number]> = {
  onTime: [12, 40],
  early: [9, 20],
  slow: [0, 6],
  late: [10, 35],
  overdue: [-30, -2],
  undated: [0, 0],
};

/** Four to six consecutive steps of one project. */
export function demoNodes(random: Random, project: DemoProject, person: string, today: string): DemoNode[] {
  const course = random.pick(courses);
  const current = currentStep[project.stage ?? "planned"];
  const before = random.between(2, Math.min(3, current));
  const first = current - before;
  const last = Math.min(current + random.between(1, 2), steps.length - 1);
  const due = addDays(today, random.between(...currentDue[course]));
  const gap = random.between(35, 55);
  const made: DemoNode[] = [];
  for (let step = first; step <= last; step++) {
    const planned = addDays(due, (step - current) * gap + (step === current ? 0 : random.between(-4, 4)));
    const plan: Values<"node"> = {
      project_id: project.id,
      name: steps[step],
      planned_on: course === "undated" ? null : planned,
      planned_month: course === "undated" ? null : monthOf(planned),
      responsible_unit: project.responsible_unit ?? null,
      responsible_person: person || null,
      position: step - first + 1,
      audit_state: "draft",
    };
    made.push({ id: newId("node"), ...completed(random, plan, course, step - current, today) });
  }
  return made;
}

/** `distance` counts steps from the current one: earlier steps are done, the current one may be under way. */
function completed(
  random: Random,
  plan: Values<"node">,
  course: Course,
  distance: number,
  today: string,
): Omit<DemoNode, "id"> {
  const planned = plan.planned_on;
  if (!planned || distance > 0) return { values: plan };
  if (distance < 0) {
    const delay = course === "late" && distance === -1 ? random.between(2, 9) : -random.between(0, 6);
    const actual = addDays(planned, delay);
    if (actual >= today) return { values: plan };
    return { values: { ...plan, ...completion(actual), ...audit(random, actual, today, distance === -1) } };
  }
  if (course !== "early" && course !== "overdue") return { values: plan };
  const actual = addDays(today, -random.between(2, 6));
  const done = { ...plan, ...completion(actual) };
  if (random.chance(35)) return { values: done };
  const sentUp = { ...done, audit_state: "submitted" as const, submitted_on: addDays(actual, 1) };
  return course === "overdue" || random.chance(50)
    ? { values: sentUp, returnedFor: "演示：请补充佐证材料的文号和日期后再上报" }
    : { values: sentUp };
}

function completion(actual: string): Values<"node"> {
  return { actual_on: actual, completion_note: "演示：本节点已完成", evidence: "演示：批复文件存项目档案" };
}

/** Older completions are approved; the latest may still wait for review. */
function audit(random: Random, actual: string, today: string, isLatest: boolean): Values<"node"> {
  const submitted = addDays(actual, random.between(0, 1));
  const reviewed = addDays(submitted, random.between(1, 5));
  const sentUp = submitted > today ? today : submitted;
  if (reviewed > today || (isLatest && random.chance(30))) return { audit_state: "submitted", submitted_on: sentUp };
  return { audit_state: "approved", submitted_on: sentUp, reviewed_on: reviewed };
}
