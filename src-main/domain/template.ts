/**
 * Templates that the city hands down. “六个清单” and each project's plan are split to nodes and permits, but no source
 * lists the members of “四证”, “12项要件” and “8项外部条件” or the days of a step (S3 only counts them): what a list
 * begins with is therefore a template that the city edits, and whatever it leaves open stays “未设定”.
 */
import { z } from "zod";
import { keysOf, permitGroups, type templateKinds } from "./values.ts";

export type TemplateKind = keyof typeof templateKinds;
export type PermitGroup = keyof typeof permitGroups;

/** How many each group has by the press of 2018 (S3). Only for comparison: its members come from the template. */
export const sourceCounts: Record<PermitGroup, number> = {
  four_certificates: 4,
  twelve_items: 12,
  eight_conditions: 8,
};

const name = z.string().trim().min(1, { error: "名称不能为空" }).max(200, { error: "名称不能超过 200 个字" });
const shortText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, { error: `不能超过 ${max} 个字` });
const days = z
  .int({ error: "应为整数天" })
  .min(0, { error: "不能小于 0 天" })
  .max(3650, { error: "不能大于 3650 天" })
  .nullable();

export const permitItem = z.object({
  name,
  groups: z.array(z.enum(keysOf(permitGroups))).max(3),
  authority: shortText(80),
  note: shortText(400),
});
export type PermitItem = z.output<typeof permitItem>;

export const scheduleItem = z.object({
  name,
  responsibleUnit: shortText(80),
  /** To be done so many days before the completion day at the latest; null: not set. */
  daysBefore: days,
  /** Name of the item that must be done before this one begins; null: none. */
  after: z.string().trim().nullable(),
  /** Calendar days from the end of `after` to the end of this one; null: not set. */
  duration: days,
});
export type ScheduleItem = z.output<typeof scheduleItem>;

/** The items of a template by its kind. */
export type TemplateItems = { kind: "permits"; items: PermitItem[] } | { kind: "schedule"; items: ScheduleItem[] };

export const templateItems = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("permits"), items: z.array(permitItem).max(100) }),
  z.object({ kind: z.literal("schedule"), items: z.array(scheduleItem).max(100) }),
]);

/** The items of a stored template; null when they do not parse (a template of a newer program). */
export function parseTemplate(kind: TemplateKind, stored: string): TemplateItems | null {
  try {
    const parsed = templateItems.safeParse({ kind, items: JSON.parse(stored) });
    return parsed.success && templateProblem(parsed.data) === null ? parsed.data : null;
  } catch {
    return null;
  }
}

/** What is wrong with a list of items as a whole, in Chinese; null when it may be saved. */
export function templateProblem(template: TemplateItems): string | null {
  const { items } = template;
  if (items.length === 0) return "至少要有一项";
  const keys = items.map((item) => nameKey(item.name));
  const repeated = items.find((_, index) => keys.indexOf(keys[index] ?? "") !== index);
  if (repeated) return `“${repeated.name}”出现了两次`;
  return template.kind === "schedule" ? sequenceProblem(template.items) : null;
}

/** Names are the same whatever their spaces and the width of their letters. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").replaceAll(/\s/g, "").toLowerCase();
}

function sequenceProblem(items: readonly ScheduleItem[]): string | null {
  const after = new Map(items.map((item) => [item.name, item.after]));
  for (const item of items) {
    if (item.after !== null && !after.has(item.after)) return `“${item.name}”的前一项“${item.after}”不在模板里`;
    const seen = new Set([item.name]);
    for (let before = item.after; before !== null; before = after.get(before) ?? null) {
      if (seen.has(before)) return `“${item.name}”和“${before}”互为前后，排不出先后`;
      seen.add(before);
    }
  }
  return null;
}
