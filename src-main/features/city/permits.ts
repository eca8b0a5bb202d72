/** Invented permits of one project: some granted, some under way, a few done again. */
import { addDays, daysBetween } from "#domain/calendar.ts";
import type { Values } from "#domain/registry.ts";
import type { Random } from "#features/demo/random.ts";
import { newId } from "#journal/journal.ts";
import type { Diary } from "./diary.ts";
import type { CityProject } from "./projects.ts";

const names = [
  ["立项（备案、核准）", "示例审批局"],
  ["用地预审与选址意见书", "示例自然资源局"],
  ["建设用地规划许可证", "示例自然资源局"],
  ["建设工程规划许可证", "示例自然资源局"],
  ["节能审查", "示例发展改革局"],
  ["环保审批", "示例生态环境局"],
  ["施工许可证", "示例住建局"],
] as const;

export function tellPermits(random: Random, diary: Diary, project: CityProject, today: string): void {
  const { id: project_id, registered, starts } = project;
  const step = daysBetween(registered, starts) / (names.length + 1);
  for (const [index, [name, authority]] of names.entries()) {
    const planned = addDays(registered, Math.round(step * (index + 1)));
    const applied = addDays(planned, -random.between(10, 30));
    const actual = addDays(planned, random.chance(80) ? -random.between(0, 9) : random.between(1, 90));
    const id = newId("permit");
    const plan: Values<"permit"> = { project_id, name, authority, planned_on: planned, position: index + 1 };
    diary.note(registered, { entity: "permit", id, values: plan });
    if (applied >= today || applied <= registered) continue;
    const isDeficient = random.chance(6);
    const granted: Values<"permit"> =
      actual < today ? { actual_on: actual, certificate_no: `演示字第${random.between(1000, 9999)}号` } : {};
    diary.note(actual < today ? actual : applied, {
      entity: "permit",
      id,
      values: {
        applied_on: applied,
        ...granted,
        ...(isDeficient ? { is_deficient: 1, deficient_until: addDays(applied, 60) } : {}),
      },
    });
  }
}
