/** Invented templates of the city, and permits of the demo's projects in every state; all of them say so. */
import { addDays } from "#domain/calendar.ts";
import type { Values } from "#domain/registry.ts";
import type { PermitItem, ScheduleItem } from "#domain/template.ts";
import type { Stage } from "#domain/values.ts";
import { newId, type Write } from "#journal/journal.ts";
import type { DemoProject } from "./nodes.ts";
import { type Random, seededRandom } from "./random.ts";

const SEED = 20_261_123;
const INVENTED = "演示数据：成员、部门和天数均为虚构，不是文件规定";

const invented = (name: string, authority: string, isCertificate = false): PermitItem => ({
  name,
  groups: isCertificate ? ["four_certificates", "twelve_items"] : ["twelve_items"],
  authority: `${authority}（演示）`,
  note: "",
});
/** Eight conditions are left open: that, too, has its look. */
const permitItems: PermitItem[] = [
  invented("立项（备案、核准）", "发展改革部门"),
  invented("用地预审与选址意见书", "自然资源部门", true),
  invented("土地（征占地）手续", "自然资源部门"),
  invented("用地规划许可证", "自然资源部门", true),
  invented("设计批图", "住房城乡建设部门"),
  invented("工程规划许可证", "自然资源部门", true),
  invented("节能审查", "发展改革部门"),
  invented("环保审批", "生态环境部门"),
  invented("消防手续", "住房城乡建设部门"),
  invented("清单编审", "住房城乡建设部门"),
  invented("招标", "营商环境部门"),
  invented("施工许可证", "住房城乡建设部门", true),
];

const step = (name: string, after: string | null, duration: number | null, daysBefore: number | null = null) => ({
  name,
  after,
  duration,
  daysBefore,
  responsibleUnit: "",
});
const scheduleItems: ScheduleItem[] = [
  step("项目立项", null, null),
  step("用地手续", "项目立项", 30),
  step("设计批图", "用地手续", 45),
  step("工程招标", "设计批图", 40),
  step("正式开工", "工程招标", 15, 420),
  step("主体结构封顶", "正式开工", 240),
  step("设备安装调试", "主体结构封顶", 90),
  step("竣工验收", "设备安装调试", 60),
  step("投产运营", "竣工验收", 30),
];

/** How many permits a project of each stage has obtained, from and to; none for one that has no list yet. */
const obtained: Record<Stage, [number, number] | null> = {
  planned: null,
  preparatory: [2, 8],
  started: [9, 12],
  under_construction: [11, 12],
  in_production: [12, 12],
};

/** Days of their own, so that the rest of the demo stays as it is. */
export function demoPermits(projects: readonly DemoProject[], today: string): Write[] {
  const random = seededRandom(SEED);
  const templateId = newId("template");
  const template = (id: string, kind: "permits" | "schedule", name: string, items: unknown): Write => ({
    entity: "template",
    id,
    values: { kind, name, project_kind: "演示项目", items: JSON.stringify(items), source: INVENTED },
  });
  return [
    template(templateId, "permits", "演示：工业项目手续", permitItems),
    template(newId("template"), "schedule", "演示：工业项目工期", scheduleItems),
    ...projects.flatMap((project) => permitsOf(random, project, templateId, today)),
  ];
}

function permitsOf(random: Random, project: DemoProject, templateId: string, today: string): Write[] {
  const span = obtained[project.stage ?? "planned"];
  if (!span || random.chance(20)) return [];
  const done = random.between(...span);
  const onGreen = random.chance(15);
  const isLate = random.chance(30);
  const writes: Write[] = onGreen ? [{ entity: "project", id: project.id, values: { green_channel: 1 } }] : [];
  // The last one obtained lies a little back; those before it further.
  let day = addDays(today, -random.between(3, 30) - 24 * Math.max(0, done - 1));
  for (const [at, item] of permitItems.entries()) {
    const taken = onGreen ? random.between(5, 14) : random.between(9, 26);
    const planned = addDays(day, taken + random.between(-4, 8));
    const values: Values<"permit"> = {
      project_id: project.id,
      name: item.name,
      groups: item.groups.join(","),
      authority: item.authority,
      template_id: templateId,
      position: at + 1,
      planned_on: at < done ? planned : addDays(today, isLate && at === done ? -random.between(1, 20) : 10 + at * 12),
    };
    if (at < done) Object.assign(values, handled(random, day, taken, today), { certificate_no: certificate(random) });
    else if (at === done && random.chance(60)) Object.assign(values, { applied_on: addDays(today, -4) });
    const id = newId("permit");
    writes.push({ entity: "permit", id, values });
    if (at < done && random.chance(2)) writes.push(redone(id, values, today));
    day = addDays(day, 24);
  }
  return writes;
}

/** Applied for and obtained, now and then with papers that were or are still missing. */
function handled(random: Random, day: string, taken: number, today: string): Values<"permit"> {
  const dates = { applied_on: earlier(day, today), actual_on: earlier(addDays(day, taken), today) };
  if (!random.chance(6)) return dates;
  const until = addDays(today, random.between(-12, 25));
  const isDone = random.chance(40);
  return {
    ...dates,
    is_deficient: 1,
    deficient_until: until,
    ...(isDone ? { deficient_done_on: earlier(until, today) } : {}),
  };
}

function redone(
  redo_of: string,
  { project_id, name, groups, authority, template_id, position }: Values<"permit">,
  today: string,
): Write {
  const again = { project_id, name, groups, authority, template_id, position, redo_of };
  const values = {
    ...again,
    redo_reason: "演示：建设单位名称变更，需重新办理",
    applied_on: addDays(today, -6),
    planned_on: addDays(today, 20),
  };
  return { entity: "permit", id: newId("permit"), values };
}

function certificate(random: Random): string {
  return `演示字第${String(random.between(1, 9999)).padStart(4, "0")}号`;
}

function earlier(left: string, right: string): string {
  return left < right ? left : right;
}
