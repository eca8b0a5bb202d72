/** Invented plans, monthly reports, funds and 入统入库 of projects; every text says that it is an example. */
import { monthsOf, spreadEvenly } from "#domain/annual-plan.ts";
import { addMonths, monthOf, monthRange } from "#domain/calendar.ts";
import type { Values } from "#domain/registry.ts";
import { newId, type Write } from "#journal/journal.ts";
import type { DemoProject } from "./nodes.ts";
import type { Random } from "./random.ts";

const problems = ["演示：外部管网接入时间待定", "演示：部分用地手续仍在办理"] as const;
const progressWords = ["场地平整", "基础施工", "主体施工", "设备采购", "设备安装", "室外配套"] as const;
const sources = ["central_budget", "special_bond", "policy_finance", "bank"] as const;
/** One 万元. */
const WHOLE = 100;

const isBuilt = ({ stage }: DemoProject) => stage === "started" || stage === "under_construction";

/** This year's plan, its months with their reports up to now, and funds, for projects that are being built. */
export function demoPlans(random: Random, project: DemoProject, today: string): Write[] {
  if (!isBuilt(project)) return [];
  const year = Number(today.slice(0, 4));
  const total = project.total_investment ?? random.between(8, 60) * 100_000;
  // Whole 万元: a tenth of what the project costs, more or less.
  const annual = Math.round((total * random.between(6, 16)) / 100 / WHOLE) * WHOLE;
  const identity = { project_id: project.id, year };
  const plan: Write = {
    entity: "annual_plan",
    id: newId("annual_plan", identity),
    values: { ...identity, planned_investment: annual, goal: `演示：${random.pick(progressWords)}完成` },
  };
  return [plan, ...demoReports(random, project, annual, today), ...demoFunds(random, project, annual, year)];
}

/** Reports: approved but for the last two months, of which some wait for review, came back or are missing. */
function demoReports(random: Random, project: DemoProject, annual: number, today: string): Write[] {
  const months = monthsOf(Number(today.slice(0, 4)));
  const thisMonth = monthOf(today);
  const shares = spreadEvenly(
    annual,
    months.map((month) => ({ month, planned: null, isLocked: false })),
  );
  return months.map((month): Write => {
    const identity = { project_id: project.id, month };
    const planned = shares?.get(month) ?? null;
    const report = month <= thisMonth ? demoReport(random, planned, month, today) : {};
    return {
      entity: "monthly_progress",
      id: newId("monthly_progress", identity),
      values: { ...identity, planned_investment: planned, ...report },
    };
  });
}

function demoReport(random: Random, planned: number | null, month: string, today: string): Values<"monthly_progress"> {
  const thisMonth = monthOf(today);
  if (month === thisMonth && random.chance(60)) return {};
  const report: Values<"monthly_progress"> = {
    image_progress: `演示：${random.pick(progressWords)}，完成约 ${random.between(3, 9)} 成`,
    completed_investment:
      planned === null ? null : Math.round((planned * random.between(70, 135)) / 100 / WHOLE) * WHOLE,
    problems: random.chance(15) ? random.pick(problems) : null,
  };
  const sentUp = { ...report, submitted_on: monthRange(month).last };
  if (month === thisMonth)
    return random.chance(50) ? { ...sentUp, report_state: "submitted", submitted_on: today } : report;
  const usual = `${addMonths(month, 1)}-05`;
  const reviewed_on = usual < today ? usual : today;
  if (addMonths(month, 1) === thisMonth && random.chance(20)) {
    return random.chance(50)
      ? { ...sentUp, report_state: "submitted" }
      : {
          ...sentUp,
          report_state: "returned",
          reviewed_on,
          review_note: "演示：完成投资与形象进度不符，请核对后再上报",
        };
  }
  return { ...sentUp, report_state: "approved", reviewed_on };
}

function demoFunds(random: Random, project: DemoProject, annual: number, year: number): Write[] {
  if (random.chance(60)) return [];
  const arranged = Math.round((annual * random.between(10, 40)) / 100 / WHOLE) * WHOLE;
  const paid = random.chance(30) ? arranged : Math.round((arranged * random.between(20, 90)) / 100 / WHOLE) * WHOLE;
  return [
    {
      entity: "fund",
      id: newId("fund"),
      values: {
        project_id: project.id,
        name: `演示：${year}年第一批`,
        year,
        source: random.pick(sources),
        arranged,
        paid,
      },
    },
  ];
}

/** 入统入库 of a project that has begun: mostly entered, some on the way, some with nothing written. */
export function demoStats(random: Random, project: DemoProject): Values<"project"> {
  if (!isBuilt(project) || random.chance(20)) return {};
  if (random.chance(60) && project.started_on) {
    return {
      stats_state: "entered",
      stats_papers: "approval,contract_or_photo,licence",
      stats_entered_on: monthRange(addMonths(monthOf(project.started_on), 1)).last,
    };
  }
  return { stats_state: "preparing", stats_papers: "approval", stats_note: "演示：施工合同待补" };
}
