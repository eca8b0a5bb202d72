/** Invented projects: where they lie, what they cost, and how far they are on the day of today. */
import { addDays, daysBetween } from "#domain/calendar.ts";
import type { Row, Values } from "#domain/registry.ts";
import type { Stage } from "#domain/values.ts";
import type { Random } from "#features/demo/random.ts";
import { newId } from "#journal/journal.ts";
import { civicWorks, kinds, subjects } from "./words.ts";

/** A project with the days its story runs along; amounts in hundredths of 万元. */
export type CityProject = {
  id: string;
  values: Values<"project"> & { name: string; office_id: string };
  total: number;
  /** First entered in the ledger, planned start and end of construction. */
  registered: string;
  starts: string;
  ends: string;
  stage: Stage;
};

const MILLION_WAN = 100;
const YI = 10_000 * MILLION_WAN;

/** How the projects of a city spread over its regions, in percent, by a part of the name. */
const shares: readonly [string, number][] = [
  ["金普", 22],
  ["甘井子", 14],
  ["瓦房店", 9],
  ["庄河", 8],
  ["高新", 8],
  ["普兰店", 7],
  ["旅顺口", 7],
  ["长兴岛", 6],
  ["中山", 5],
  ["沙河口", 5],
  ["西岗", 4],
  ["长海", 2],
  ["花园口", 2],
  ["太平湾", 1],
];

/** Districts as often as projects lie in them, each with its streets. */
export type Region = { district: Row<"office">; streets: Row<"office">[]; weight: number };

export function regionsOf(offices: readonly Row<"office">[]): Region[] {
  return offices
    .filter(({ level }) => level === "district")
    .map((district) => ({
      district,
      streets: offices.filter(({ parent_id, level }) => level === "street" && parent_id === district.id),
      weight: shares.find(([part]) => district.name.includes(part))?.[1] ?? 1,
    }));
}

/** The region that the `point`-th of all weights falls into. */
export function regionAt(regions: readonly Region[], random: Random): Region {
  let left = random.between(
    1,
    regions.reduce((sum, { weight }) => sum + weight, 0),
  );
  for (const region of regions) {
    left -= region.weight;
    if (left <= 0) return region;
  }
  throw new Error("a city without regions");
}

/** The `number`-th project; some are finished, most are under way, some still wait for their start. */
export function cityProject(random: Random, region: Region, number: number, today: string): CityProject {
  const { district, streets } = region;
  const [first, ...rest] = streets;
  const manager = first && random.chance(78) ? random.pick([first, ...rest]) : district;
  const isCivic = random.chance(22);
  const subject = random.pick(subjects);
  const work = isCivic ? random.pick(civicWorks) : `${subject}${random.pick(kinds)}`;
  const total = investment(random);
  const starts = addDays(today, random.between(-900, 330));
  const registered = addDays(starts, -random.between(90, 360));
  const ends = addDays(starts, random.between(300, 1000));
  const stage = stageOf(registered, starts, ends, today);
  const hasStarted = starts <= today;
  const name = `示例${district.name}${work}项目${number}号`;
  const values: CityProject["values"] = {
    name,
    office_id: manager.id,
    region: district.name,
    address: `${manager.name}示例路${random.between(1, 400)}号`,
    project_code: codeOf(registered, district, number),
    owner: random.chance(4) ? null : `示例${subject}${random.between(1, 900)}有限公司`,
    owner_lead: "演示负责人",
    owner_permit_clerk: "演示手续员",
    total_investment: total,
    content: random.chance(3) ? null : `演示：新建${work}及配套设施，占地约${random.between(1, 60)}公顷`,
    stage,
    list2_kind: list2KindOf(stage, starts, today),
    sector: isCivic ? random.pick(["infrastructure", "social"]) : random.pick(["industry", "modern_services"]),
    grade: total >= 50 * YI ? "provincial" : total >= 10 * YI ? "municipal" : random.pick(["district", "ordinary"]),
    lists: listsOf(random, total, isCivic),
    emerging_industry: !isCivic && random.chance(30) ? random.pick(["new_energy", "new_materials", "biotech"]) : null,
    is_tech_upgrade: work.includes("改造") && !isCivic ? 1 : 0,
    responsible_unit: random.chance(5) ? null : `${manager.name}（演示）`,
    lead_unit: random.pick(["市发展改革委", "市工信局", "市商务局", "市住建局"]),
    sponsor: total >= 10 * YI ? "何示例" : null,
    green_channel: total >= 10 * YI ? 1 : 0,
    started_on: hasStarted ? starts : null,
    completed_on: ends <= today ? ends : null,
    started_text: hasStarted ? null : `计划 ${starts.slice(0, 7)}`,
    completed_text: ends <= today ? null : `计划 ${ends.slice(0, 7)}`,
    note: "演示数据，均为虚构",
    ...statsOf(random, hasStarted, starts, today),
  };
  return { id: newId("project"), values, total, registered, starts, ends, stage };
}

/** Many small ones and few large: half below 2亿元, one in two hundred above 100亿元. Whole 万元. */
function investment(random: Random): number {
  const band = random.between(1, 200);
  const [low, high] =
    band <= 70 ? [0.3, 1] : band <= 160 ? [1, 10] : band <= 190 ? [10, 50] : band <= 199 ? [50, 100] : [100, 400];
  return (
    Math.round(((low ?? 0) + (((high ?? 0) - (low ?? 0)) * random.between(0, 1000)) / 1000) * 10_000) * MILLION_WAN
  );
}

function stageOf(registered: string, starts: string, ends: string, today: string): Stage {
  if (ends <= today) return "in_production";
  if (starts > today) return daysBetween(registered, today) < 120 ? "planned" : "preparatory";
  return daysBetween(starts, today) < 90 ? "started" : "under_construction";
}

function list2KindOf(stage: Stage, starts: string, today: string): Values<"project">["list2_kind"] {
  const year = today.slice(0, 4);
  if (stage === "planned") return "new_reserve";
  if (starts.slice(0, 4) === year) return "new_start";
  return starts > today ? "in_preparation" : "carry_over";
}

function listsOf(random: Random, total: number, isCivic: boolean): string | null {
  const lists = [
    total >= 10 * YI && "list_major_works",
    total >= YI && "list_over_100m",
    !isCivic && random.chance(20) && "list_strategic_emerging",
    random.chance(6) && "list_signed_to_land",
    random.chance(9) && "list_central_funds",
  ];
  return lists.filter((list) => list !== false).join(",") || null;
}

function statsOf(random: Random, hasStarted: boolean, starts: string, today: string): Values<"project"> {
  if (!hasStarted) return { stats_state: "preparing" };
  const age = daysBetween(starts, today);
  if (age > 60 && random.chance(82)) {
    const entered = addDays(starts, random.between(20, 60));
    return { stats_state: "entered", stats_papers: "approval,contract_or_photo,licence", stats_entered_on: entered };
  }
  return { stats_state: random.pick(["preparing", "submitted", "returned"]), stats_papers: "approval" };
}

/** The shape of GB/T 40058: YYMM-RRRRRR-DD-TT-NNNNNC, with numbers that nobody gave out. */
function codeOf(registered: string, district: Row<"office">, number: number): string {
  const region = district.division_code ?? "210200";
  return `${registered.slice(2, 4)}${registered.slice(5, 7)}-${region}-04-01-${String(number % 100_000).padStart(5, "0")}0`;
}
