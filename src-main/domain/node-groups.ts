/** The nodes of a month in groups, as the month's table shows and prints them. */
import { daysBetween, monthOf } from "./calendar.ts";
import { keysOf, type Light, lights } from "./values.ts";

export type Grouping = "day" | "light";
type GroupedNode = { id: string; light: Light; planned_on: string | null };
/** One line of the month table: the head of a group, or a node. */
export type MonthLine<N> = { key: string; title: string } | { key: string; node: N };

const weekdays = "日一二三四五六";

/** Nodes with a head line before each group: overdue ones first, then day by day; or light by light. */
export function groupNodes<N extends GroupedNode>(
  nodes: readonly N[],
  grouping: Grouping,
  month: string,
): MonthLine<N>[] {
  const titles = new Map<string | null, string>();
  const titleOf = ({ light, planned_on }: N) => {
    if (grouping === "light") return lights[light];
    const title = titles.get(planned_on) ?? dayTitle(planned_on, month);
    titles.set(planned_on, title);
    return title;
  };
  const groups = new Map<string, N[]>();
  if (grouping === "light") for (const light of keysOf(lights)) groups.set(lights[light], []);
  for (const node of nodes) {
    const title = titleOf(node);
    const members = groups.get(title);
    if (members) members.push(node);
    else groups.set(title, [node]);
  }
  return [...groups].flatMap(([title, members]): MonthLine<N>[] =>
    members.length === 0
      ? []
      : [
          { key: `head ${title}`, title: `${title}（${members.length}）` },
          ...members.map((node) => ({ key: node.id, node })),
        ],
  );
}

/** "11-22 星期日"; one group for everything planned before the month, and one for nodes without a day. */
function dayTitle(planned_on: string | null, month: string): string {
  if (planned_on === null) return "列入本月计划，未定日期";
  if (monthOf(planned_on) < month) return "以前月份逾期未完成";
  if (monthOf(planned_on) > month) return "列入本月计划，日期在以后";
  return `${planned_on.slice(5)} 星期${weekdays[weekdayOf(planned_on)]}`;
}

/** 0 for Sunday; 2000-01-02 was one. */
function weekdayOf(date: string): number {
  return ((daysBetween("2000-01-02", date) % 7) + 7) % 7;
}
