/** Invented money of one project: the plan of each year, the report of each month, the funds. */
import { addDays, addMonths, monthOf, monthRange } from "#domain/calendar.ts";
import type { Values } from "#domain/registry.ts";
import { fundSources, keysOf } from "#domain/values.ts";
import type { Random } from "#features/demo/random.ts";
import { newId } from "#journal/journal.ts";
import type { Diary } from "./diary.ts";
import type { CityProject } from "./projects.ts";
import { progressWords } from "./words.ts";

const WAN = 100;

/** Months of construction that lie in the span, with the share of the total planned for each. */
function monthsOf(
  { starts, ends, total }: CityProject,
  from: string,
  to: string,
): { month: string; planned: number }[] {
  const all: string[] = [];
  for (let month = monthOf(starts); month <= monthOf(ends); month = addMonths(month, 1)) all.push(month);
  const each = Math.round(total / all.length / WAN) * WAN;
  return all.filter((month) => month >= from && month <= to).map((month) => ({ month, planned: each }));
}

/** Notes plans, reports and funds from the month `first` to today; returns what the ledger shows of them. */
export function tellMoney(
  random: Random,
  diary: Diary,
  project: CityProject,
  first: string,
  today: string,
): Values<"project"> {
  const thisMonth = monthOf(today);
  const lastOfYear = `${today.slice(0, 4)}-12`;
  const months = monthsOf(project, first, lastOfYear);
  const years = new Map<string, number>();
  for (const { month, planned } of months) {
    years.set(month.slice(0, 4), (years.get(month.slice(0, 4)) ?? 0) + planned);
  }
  for (const [year, planned] of years) notePlan(diary, project, Number(year), planned, today);
  // How the project keeps up: between half and a little more than its plan.
  const pace = random.chance(75) ? random.between(88, 112) : random.between(45, 87);
  let completed = 0;
  for (const { month, planned } of months) {
    if (month > thisMonth) {
      notePlanOfMonth(diary, project, month, planned, today);
      continue;
    }
    const done = Math.round((planned * (pace + random.between(-15, 15))) / 100 / WAN) * WAN;
    completed += noteReport(random, diary, project, month, planned, Math.max(0, done), today) ?? 0;
  }
  noteFunds(random, diary, project, today);
  return {
    annual_plan_investment: years.get(today.slice(0, 4)) ?? null,
    completed_investment: completed > 0 ? completed : null,
  };
}

function notePlan(diary: Diary, project: CityProject, year: number, planned: number, today: string): void {
  const identity = { project_id: project.id, year };
  const day = `${year}-01-15` > today ? today : `${year}-01-15`;
  diary.note(day < project.registered ? project.registered : day, {
    entity: "annual_plan",
    id: newId("annual_plan", identity),
    values: { ...identity, planned_investment: planned, goal: "演示：按年度计划推进" },
  });
}

/** The months to come are planned with their year. */
function notePlanOfMonth(diary: Diary, project: CityProject, month: string, planned: number, today: string): void {
  const identity = { project_id: project.id, month };
  const day = `${month.slice(0, 4)}-01-15`;
  const known = day < project.registered ? project.registered : day;
  diary.note(known > today ? today : known, {
    entity: "monthly_progress",
    id: newId("monthly_progress", identity),
    values: { ...identity, planned_investment: planned },
  });
}

/**
 * A report is sent up early in the next month and reviewed some days later; some are put right after the month was
 * closed. Returns what it says in the end, null when it is not written yet.
 */
function noteReport(
  random: Random,
  diary: Diary,
  { id: project_id }: CityProject,
  month: string,
  planned: number,
  done: number,
  today: string,
): number | null {
  const { last } = monthRange(month);
  const identity = { project_id, month };
  const id = newId("monthly_progress", identity);
  const plan: Values<"monthly_progress"> = { ...identity, planned_investment: planned };
  if (last >= today && random.chance(60)) {
    diary.note(`${month}-01`, { entity: "monthly_progress", id, values: plan });
    return null;
  }
  const report: Values<"monthly_progress"> = {
    ...plan,
    completed_investment: done,
    image_progress: `演示：${random.pick(progressWords)}，完成约 ${random.between(2, 9)} 成`,
    problems: random.chance(12) ? "演示：外部管网接入时间待定" : null,
  };
  const sentUp = addDays(last, random.between(1, 5));
  if (sentUp > today) {
    diary.note(today, { entity: "monthly_progress", id, values: report });
    return done;
  }
  const reviewed = addDays(sentUp, random.between(1, 6));
  const state: Values<"monthly_progress"> =
    reviewed > today
      ? { report_state: "submitted", submitted_on: sentUp }
      : { report_state: "approved", submitted_on: sentUp, reviewed_on: reviewed };
  diary.note(reviewed > today ? sentUp : reviewed, { entity: "monthly_progress", id, values: { ...report, ...state } });
  const found = addDays(reviewed, random.between(60, 150));
  if (found > today || !random.chance(1)) return done;
  const completed_investment = Math.round((done * random.between(80, 97)) / 100 / WAN) * WAN;
  diary.note(found, { entity: "monthly_progress", id, values: { ...identity, completed_investment } });
  return completed_investment;
}

function noteFunds(random: Random, diary: Diary, project: CityProject, today: string): void {
  for (let count = random.chance(35) ? random.between(1, 3) : 0; count > 0; count--) {
    const arranged = Math.round((project.total * random.between(3, 20)) / 100 / WAN) * WAN;
    const since = project.registered > today ? today : project.registered;
    diary.note(since, {
      entity: "fund",
      id: newId("fund"),
      values: {
        project_id: project.id,
        name: `演示资金第${count}批`,
        year: Number(today.slice(0, 4)) - random.between(0, 1),
        source: random.pick(keysOf(fundSources)),
        arranged,
        paid: Math.round((arranged * random.between(20, 100)) / 100 / WAN) * WAN,
      },
    });
  }
}
