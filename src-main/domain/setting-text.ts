/** The city's settings in words, as lists of them say their values. */
import { groupedMoney } from "./money.ts";
import { settingLabels } from "./settings.ts";
import { auditStates, stages } from "./values.ts";

type Setting = { key: string; value: unknown; unit: string; isInitial: boolean };

/** "7 天", "10,000 万元", "上报", "谋划储备、推进前期". */
export function settingText({ key, value, unit }: Pick<Setting, "key" | "value" | "unit">): string {
  if (value === null) return "未设定";
  const labels = settingLabels(key);
  if (labels) return labels[String(value)] ?? String(value);
  const words: Record<string, string> = { ...auditStates, ...stages };
  if (Array.isArray(value)) return value.map((each) => words[String(each)] ?? String(each)).join("、") || "（无）";
  if (typeof value === "string") return words[value] ?? value;
  if (typeof value === "number" && unit === "万元") return `${groupedMoney(value, "万元")} 万元`;
  return `${String(value)} ${unit}`;
}

/** Whether the city chose the value; where there is none, no source gives one. */
export function settingStanding({ isInitial, value }: Pick<Setting, "isInitial" | "value">): string {
  if (!isInitial) return "市级已调整";
  return value === null ? "文件没有规定，由市级设定" : "初始值";
}
