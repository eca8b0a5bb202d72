/** Realistic sheet input: the real ledger of the fixtures, with monthly reports made up from a seed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { daysAhead, nodeLight } from "#domain/light.ts";
import { dalianProfiles } from "#domain/light-profiles.ts";
import { parseMoney } from "#domain/money.ts";
import { permitCounts } from "#domain/permit.ts";
import type { LightRules } from "#domain/project-light.ts";
import { type EntityName, fieldsOf, type Row, type Values } from "#domain/registry.ts";
import { keysOf, lights } from "#domain/values.ts";
import type { SheetOrigin } from "#sheets/document.tsx";
import type { ProgressRow, ProgressSheet } from "#sheets/progress-sheet.tsx";
import type { ProjectCard } from "#sheets/project-card.tsx";
import type { VisitSheet } from "#sheets/visit-sheet.tsx";

export const lightRules: LightRules = {
  yellowDaysBefore: 7,
  redAfterDays: 0,
  countsFrom: "submitted",
  profiles: dalianProfiles,
  fundRequiredPercent: null,
};

export const origin: SheetOrigin = {
  office: "中山区发展和改革局",
  person: "张示例",
  date: "2026-11-22",
  dataState: "数据截至 2026-11-20 中山区第12号同步包",
};

/** A row of an entity with every field blank but those given. */
export function row<E extends EntityName>(entity: E, id: string, values: Values<E>): Row<E> {
  const blank = Object.fromEntries(fieldsOf(entity).map(([name]) => [name, null]));
  return { ...blank, ...values, id } as Row<E>;
}

/** Numbers from 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const isDate = (value: string | undefined) => (/^\d{4}-\d\d-\d\d$/.test(value ?? "") ? (value ?? null) : null);

/** The 120 projects of the fixture as project rows. */
export function realProjects(): Row<"project">[] {
  const csv = readFileSync(join(import.meta.dirname, "../fixtures/dalian_projects.csv"), "utf8");
  const { data } = Papa.parse<Record<string, string>>(csv.replace(/^\uFEFF/, ""), {
    header: true,
    skipEmptyLines: true,
  });
  return data.map((line, index) =>
    row("project", `p${index}`, {
      name: line.project_name ?? "",
      owner: line.owner || null,
      region: line.region || null,
      address: line.address || null,
      content: line.content || null,
      total_investment: parseMoney(line.total_investment_yi ?? "", "亿元"),
      annual_plan_investment: parseMoney(line.annual_plan_yi ?? "", "亿元"),
      completed_investment: parseMoney(line.completed_cumulative_yi ?? "", "亿元"),
      image_progress: line.progress_text || null,
      started_on: isDate(line.start),
      started_text: isDate(line.start) ? null : line.start || null,
      completed_on: isDate(line.finish),
      completed_text: isDate(line.finish) ? null : line.finish || null,
      as_of: isDate(line.as_of),
      note: line.note || null,
    }),
  );
}

const phrases = [
  "主体结构封顶，二次结构砌筑完成70%，机电安装进场",
  "桩基施工完成",
  "完成场地平整及临时道路铺设，基坑支护施工至东侧第三段",
  "设备安装调试，累计到货42台（套），其中进口设备11台",
  "钢结构吊装完成，屋面板铺设过半",
];

/** A progress sheet of the first `count` real projects; every second project reports in every month. */
export function sampleProgressSheet(count: number, options: Partial<ProgressSheet> = {}): ProgressSheet {
  const random = seeded(7);
  const months = options.months ?? ["2026-09", "2026-10", "2026-11"];
  const pick = (texts: readonly string[]) => texts[Math.floor(random() * texts.length)] ?? "";
  const rows = realProjects()
    .slice(0, count)
    .map((project, index): ProgressRow => {
      const reports = index % 2 === 0;
      return {
        project: {
          ...project,
          annual_plan_investment: reports ? Math.floor(random() * 9_000_000) : project.annual_plan_investment,
          completed_investment: reports ? Math.floor(random() * 30_000_000) : project.completed_investment,
          annual_goal: reports ? pick(phrases) : null,
          permits_note: index % 3 === 0 ? "用地已摘牌；规划许可、施工许可已办结，消防审查进行中" : null,
          funding: index % 4 === 0 ? "银行融资、社会资本" : null,
          problems: index % 7 === 0 ? "供电外线走廊涉及2户动迁，尚未签约；需区级协调" : null,
        },
        light: keysOf(lights)[Math.floor(random() * 4)] ?? "none",
        progress: reports
          ? months.map((month) =>
              row("monthly_progress", `${project.id}-${month}`, {
                project_id: project.id,
                month,
                image_progress: pick(phrases),
                completed_investment: Math.floor(random() * 900_000),
              }),
            )
          : [],
      };
    });
  return {
    title: "中山区重大项目进度表",
    paper: "A4",
    months,
    reportingOffice: "中山区发展和改革局",
    rows,
    asOf: "2026-11-22",
    lightRules,
    conflicts: 3,
    ...options,
  };
}

/** A card of a real project without investment, with invented people, seven nodes and six visits. */
export function sampleCard(): ProjectCard {
  const project = { ...(realProjects()[0] as Row<"project">), total_investment: null, responsible_unit: null };
  const plan = [
    ["立项备案", "2026-01-15", "2026-01-10"],
    ["用地预审与选址意见书", "2026-03-01", "2026-03-20"],
    ["建设工程规划许可证", "2026-05-01", "2026-05-01"],
    ["施工许可证", "2026-06-30", "2026-06-12"],
    ["桩基施工完成", "2026-10-31", null],
    ["主体结构封顶（含地下室防水及回填，分三个标段同步组织验收）", "2026-11-28", null],
    ["竣工验收", "2027-06-30", null],
  ] as const;
  return {
    project: {
      ...project,
      stage: "under_construction",
      grade: "municipal",
      lists: "list_over_100m,list_strategic_emerging",
      completed_investment: 1_234_500,
    },
    officeName: "中山区人民路街道",
    light: "red",
    nodes: plan.map(([name, planned, actual], index) => {
      const node = row("node", `n${index}`, {
        project_id: project.id,
        name,
        planned_on: planned,
        actual_on: actual,
        audit_state: actual ? "approved" : "draft",
      });
      const asOf = "2026-11-22";
      return { ...node, light: nodeLight(node, asOf, lightRules), daysAhead: daysAhead(node, asOf) };
    }),
    visits: Array.from({ length: 6 }, (_, index) => ({
      ...sampleVisit().visit,
      id: `v${index}`,
      visited_on: `2026-11-${String(20 - index * 2).padStart(2, "0")}`,
      personName: "李样本",
    })),
    permitCounts: permitCounts(
      [
        row("permit", "q1", { project_id: project.id, name: "施工许可证", groups: "four_certificates" }),
        row("permit", "q2", {
          project_id: project.id,
          name: "用地规划许可证",
          groups: "four_certificates",
          actual_on: "2026-06-12",
        }),
      ],
      () => undefined,
    ),
    assignments: [
      {
        ...row("assignment", "a1", { project_id: project.id, person_id: "x", role: "lead", from_on: "2026-02-01" }),
        personName: "李样本",
        personOffice: "中山区人民路街道",
      },
    ],
    asOf: "2026-11-22",
    lightRules,
    conflicts: 1,
  };
}

export function sampleVisit(): VisitSheet {
  const project = realProjects()[0] as Row<"project">;
  return {
    visit: row("visit", "v1", {
      project_id: project.id,
      person_id: "x",
      visited_on: "2026-11-20",
      form: "site_check",
      people_met: "项目经理王示例、手续专员赵样本",
      findings: "冷库主体已封顶，制冷设备到货延误约十天；企业反映施工临时用电容量不足。",
      follow_up: "协调供电部门现场勘查，答复增容方案",
      follow_up_on: "2026-11-27",
    }),
    project,
    officeName: "中山区人民路街道",
    personName: "李样本",
    personOffice: "中山区人民路街道",
    conflicts: 2,
  };
}
