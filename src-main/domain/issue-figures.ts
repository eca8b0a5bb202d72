/** Figures of issues in words (§7; S2 S3): what stands above the table by region, on the screen and on paper. */
import { percentText } from "./figures-text.ts";

export type IssueFigures = {
  /** Found in the period, and of these solved on its last day. */
  found: number;
  solved: number;
  /** Of those with a deadline: how many were due (solved, or their deadline passed), and how many of these were solved in time. */
  due: number;
  inTime: number;
  /** Mean days from finding to solution of those solved; null without any. */
  averageDays: number | null;
  /** Unsolved on the last day, whenever found. */
  open: number;
  overdue: number;
};

/** "66.7%"; a dash where there is nothing to divide by. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? "—" : percentText((part / whole) * 100);
}

/** Name and text of each; null where none can be said. */
export function issueFacts(
  { found, solved, due, inTime, averageDays, open, overdue }: IssueFigures,
  from: string,
  to: string,
): [name: string, text: string | null][] {
  const number = (count: number) => count.toLocaleString("zh-CN");
  return [
    ["发现", `${from} 至 ${to} 共 ${number(found)} 个，已解决 ${number(solved)} 个`],
    ["问题解决率", shareText(solved, found)],
    ["限时办结率", due === 0 ? "没有到期限的问题" : `${shareText(inTime, due)}（${due} 个到期，${inTime} 个按时解决）`],
    ["平均办结天数", averageDays === null ? null : `${averageDays.toFixed(1)} 天（发现到解决，自然日）`],
    ["未解决", `${number(open)} 个，其中超期 ${number(overdue)} 个`],
  ];
}
