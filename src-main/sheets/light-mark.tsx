/** Lights on paper: a shape, a colour and a character, so that any one of them alone still tells the light. */
import type { ReactNode } from "react";
import { dalianWords } from "#domain/light.ts";
import { type LightDimension, lightDimensions, profileText } from "#domain/light-profiles.ts";
import type { LightRules } from "#domain/project-light.ts";
import { auditStates, keysOf, type Light } from "#domain/values.ts";

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
 * The light rules in force, as printed under every sheet that shows lights. Says in words what domain/project-light.ts
 * computes.
 */
export function LightLegend({ rules, asOf }: { rules: LightRules; asOf: string }) {
  const { profiles, countsFrom } = rules;
  const others = keysOf(lightDimensions).filter((dimension) => dimension !== "node" && profiles[dimension] !== "none");
  return (
    <p>
      灯号（按 {asOf} 计算）：
      {profiles.node === "dalian" ? <DalianRule rules={rules} /> : <ProfileRule dimension="node" rules={rules} />}
      {others.map((dimension) => (
        <ProfileRule key={dimension} dimension={dimension} rules={rules} />
      ))}
      {profiles.node !== "none" &&
        `节点灯取未完成节点与当月节点中最差者，节点自“${auditStates[countsFrom]}”起算作完成。`}
      {others.length > 0 && "项目灯号取各项中最差者。"}
    </p>
  );
}

function DalianRule({ rules }: { rules: LightRules }) {
  const { red, yellow } = dalianWords(rules);
  return (
    <>
      <LightMark light="red" /> 节点{red}；
      <LightMark light="yellow" /> 节点{yellow}；
      <LightMark light="green" /> 按期或提前；
      <LightMark light="none" /> 节点没有计划日期。{" "}
    </>
  );
}

/** The words of a rule of another place, with where it comes from. */
function ProfileRule({ dimension, rules }: { dimension: LightDimension; rules: LightRules }) {
  const text = profileText(dimension, rules.profiles[dimension]);
  if (!text) return `${lightDimensions[dimension]}不亮灯。`;
  const required = rules.fundRequiredPercent;
  return (
    <>
      {lightDimensions[dimension]}按{text.label}：
      <LightMark light="red" /> {text.red}；
      <LightMark light="yellow" /> {text.yellow}；
      <LightMark light="green" /> {text.green}
      {dimension === "fund" && `（要求的支付率${required === null ? "未设定，不亮灯" : ` ${required}%`}）`}。{" "}
    </>
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
