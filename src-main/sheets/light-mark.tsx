/** Lights on paper: a shape, a colour and a character, so that any one of them alone still tells the light. */
import type { ReactNode } from "react";
import type { LightThresholds } from "#domain/light.ts";
import { auditStates, type Light } from "#domain/values.ts";

const marks: Record<Light, { character: string; shape: ReactNode }> = {
  red: { character: "红", shape: <path d="M1.2 1.2h7.6v7.6H1.2Z" fill="currentColor" /> },
  yellow: { character: "黄", shape: <path d="M5 0.6 9.8 9.4H0.2Z" fill="currentColor" /> },
  green: { character: "绿", shape: <circle cx="5" cy="5" r="4.2" fill="currentColor" /> },
  none: { character: "无", shape: <path d="M1 4.4h8v1.2H1Z" fill="currentColor" /> },
};

/** A square 红, a triangle 黄, a disc 绿, a dash 无 (no planned day): the shapes of the screen, told apart in black and white. */
export function LightMark({ light }: { light: Light }) {
  const { character, shape } = marks[light];
  return (
    <span className={`light ${light}`}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        {shape}
      </svg>
      {character}
    </span>
  );
}

/**
 * The light rule with the thresholds in force, as printed under every sheet that shows lights. Says in words
 * what domain/light.ts computes.
 */
export function LightLegend({ thresholds, asOf }: { thresholds: LightThresholds; asOf: string }) {
  const { yellowDaysBefore, redAfterDays, countsFrom } = thresholds;
  return (
    <p>
      灯号（按 {asOf} 计算）：
      <LightMark light="red" /> 节点{redAfterDays > 0 ? `逾期超过 ${redAfterDays} 天` : "逾期"}仍未完成；
      <LightMark light="yellow" /> 节点{yellowDaysBefore > 0 ? `到期前 ${yellowDaysBefore} 天内` : "到期当天"}
      尚未完成{redAfterDays > 0 ? `，或逾期未超过 ${redAfterDays} 天` : ""}，或逾期完成；
      <LightMark light="green" /> 按期或提前；
      <LightMark light="none" /> 节点没有计划日期。 项目灯号取未完成节点与当月节点中最差者，节点自“
      {auditStates[countsFrom]}”起算作完成。
    </p>
  );
}

export const lightCss = `
.light { white-space: nowrap; font-weight: 600; }
.light.red { color: #c00000; }
.light.yellow { color: #a86400; }
.light.green { color: #1f7a33; }
.light.none { color: #777; font-weight: 400; }
.light svg { width: 0.85em; height: 0.85em; margin-right: 0.15em; vertical-align: -0.06em; }
`;
