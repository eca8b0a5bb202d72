/** Templates in words, as lists of them say what each holds. */
import type { PermitItem, TemplateItems } from "./template.ts";
import { keysOf, permitGroups } from "./values.ts";

/** "12 项；四证 4，12项要件 12，8项外部条件 未设定" of a list of permits, "6 个节点，其中 2 个未设天数" of a schedule. */
export function membersText(content: TemplateItems | null): string {
  if (!content) return "由新版程序建立，本程序读不了";
  if (content.kind === "permits") return `${content.items.length} 项；${groupsText(content.items)}`;
  const open = content.items.filter(
    ({ after, daysBefore, duration }) => daysBefore === null && (!after || duration === null),
  );
  return `${content.items.length} 个节点${open.length > 0 ? `，${open.length} 个未设天数` : ""}`;
}

/** Which groups the template defines, and with how many members. */
export function groupsText(items: readonly PermitItem[]): string {
  return keysOf(permitGroups)
    .map((group) => {
      const members = items.filter(({ groups }) => groups.includes(group)).length;
      return `${permitGroups[group]} ${members === 0 ? "未设定" : members}`;
    })
    .join("，");
}

export function sourceText(source: string): string {
  return source || "市级制定，未注明依据";
}

type Standing = { isExample: boolean; archivedOn: string | null; content: TemplateItems | null };
export const templateStandings = {
  example: "本程序的示例",
  archived: "已停用",
  newer: "需升级后使用",
  inUse: "全市使用",
} as const;

/** Whether a template can be used, and by whom it is. */
export function templateStanding({ isExample, archivedOn, content }: Standing): keyof typeof templateStandings {
  if (isExample) return "example";
  if (archivedOn) return "archived";
  return content ? "inUse" : "newer";
}
