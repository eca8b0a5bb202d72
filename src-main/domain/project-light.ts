/**
 * The light of a project (F06): the worst light of the dimensions that the city has chosen, with the reason in one
 * sentence. By default only its nodes count, by the rule of Dalian (R-09, S3).
 */
import { monthOf } from "./calendar.ts";
import { isDone, type LightNode, type LightThresholds, lightBounds, nodeLights } from "./light.ts";
import type { LightProfiles } from "./light-profiles.ts";
import {
  type FundFacts,
  fundVerdict,
  type InvestmentFacts,
  investmentVerdict,
  noVerdict,
  type StartFacts,
  type StatsFacts,
  startVerdict,
  statsVerdict,
  type Verdict,
} from "./light-verdicts.ts";
import type { Light } from "./values.ts";

/** Everything that decides lights: the city's settings, or those that a closed month keeps. */
export type LightRules = LightThresholds & {
  profiles: LightProfiles;
  /** 资金支付要求 in percent; null while not set. */
  fundRequiredPercent: number | null;
};

export type NamedNode = LightNode & { name: string };

/** What the chosen dimensions look at; those of dimensions not chosen may be absent. */
export type LightFacts = {
  nodes: readonly NamedNode[];
  investment?: InvestmentFacts;
  fund?: Omit<FundFacts, "requiredPercent">;
  stats?: StatsFacts;
  start?: StartFacts;
};

const worstFirst: readonly Light[] = ["red", "yellow", "green", "none"];

/** The worst of the dimensions; the reasons of those that shine so. */
export function projectLight(facts: LightFacts, date: string, rules: LightRules): Verdict {
  const { profiles, fundRequiredPercent: requiredPercent } = rules;
  const { nodes, investment, fund, stats, start } = facts;
  const verdicts = [
    nodesVerdict(nodes, date, rules),
    investment ? investmentVerdict(profiles.investment, investment) : noVerdict,
    fund ? fundVerdict(profiles.fund, { ...fund, requiredPercent }) : noVerdict,
    stats ? statsVerdict(profiles.stats, stats, date) : noVerdict,
    start ? startVerdict(profiles.start, start, date) : noVerdict,
  ];
  const light = worstFirst.find((each) => verdicts.some((verdict) => verdict.light === each)) ?? "none";
  const reasons = verdicts.flatMap((verdict) => (verdict.light === light && verdict.reason ? [verdict.reason] : []));
  return { light, reason: reasons.join("；") };
}

/**
 * The worst light among the unfinished nodes and the nodes planned in the month of `date` (monthly accounting, R-14), so
 * that a node finished late months ago no longer stains its project. Green when all dated nodes are older and done;
 * "none" when no node has a planned day. By the red and black flags a node shines only once it is done or late.
 */
export function nodesVerdict(nodes: readonly NamedNode[], date: string, rules: LightRules): Verdict {
  if (rules.profiles.node === "none") return noVerdict;
  const byPlan = ({ planned_on, name }: NamedNode) => `${planned_on} ${name}`;
  const dalian = nodeLights(date, rules);
  const lit = nodes
    .filter((node) => node.planned_on !== null)
    .sort((left, right) => (byPlan(left) < byPlan(right) ? -1 : 1))
    .map((node) => ({ node, light: countedLight(node, date, rules, dalian) }));
  const light = worstFirst.find((each) => lit.some((entry) => entry.light === each)) ?? "none";
  if (light !== "red" && light !== "yellow") return { light, reason: "" };
  const worst = lit.filter((entry) => entry.light === light).map(({ node }) => node);
  return { light, reason: worstReason(worst, date, rules) };
}

function countedLight(node: LightNode, date: string, rules: LightRules, dalian: ReturnType<typeof nodeLights>): Light {
  const done = isDone(node, date, rules);
  const planned = node.planned_on ?? "";
  if (done && monthOf(planned) !== monthOf(date)) return "green";
  if (rules.profiles.node === "dalian") return dalian(node);
  if (done) return (node.actual_on ?? "") <= planned ? "green" : "red";
  return planned < date ? "red" : "none";
}

/** "3 个节点逾期，最早 2023-05-31 环评批复". `worst`: nodes of one light, by planned day. */
function worstReason(worst: readonly NamedNode[], date: string, rules: LightRules): string {
  return kinds
    .flatMap((kind) => {
      const [first, ...rest] = worst.filter((node) => kindOf(node, date, rules) === kind);
      if (!first) return [];
      const earliest = rest.length > 0 ? "最早 " : "";
      return [`${rest.length + 1} 个节点${kind}，${earliest}${first.planned_on} ${first.name}`];
    })
    .join("；");
}

const kinds = ["逾期", "逾期未满期限", "临期未完成", "逾期完成"] as const;

function kindOf(node: NamedNode, date: string, rules: LightRules): (typeof kinds)[number] {
  if (isDone(node, date, rules)) return "逾期完成";
  const { redBefore } = lightBounds(date, rules);
  const planned = node.planned_on ?? "";
  if (planned >= date) return "临期未完成";
  return planned < redBefore || rules.profiles.node !== "dalian" ? "逾期" : "逾期未满期限";
}
