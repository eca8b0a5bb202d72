import type { TemplateEntry } from "#contract/templates.ts";
import type { PermitItem } from "#domain/template.ts";
import { keysOf, permitGroups } from "#domain/values.ts";

/** "12 项；四证 4，12项要件 12，8项外部条件 未设定" of a list of permits, "6 个节点，其中 2 个未设天数" of a schedule. */
export function membersText({ content }: TemplateEntry): string {
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

export function sourceText({ source }: TemplateEntry): string {
  return source || "市级制定，未注明依据";
}
