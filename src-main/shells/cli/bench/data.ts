/** A large office for the benchmark: seeded, invented, written through the journal in bulk. */
import { addDays } from "#domain/calendar.ts";
import type { Actor } from "#journal/change-set.ts";
import { type Journal, newId, type Write } from "#journal/journal.ts";
import type { Store } from "#store/store.ts";

export const SIZE = { projects: 20_000, nodesPerProject: 10, visitsPerProject: 5 };
const BATCH = 500;
const TODAY = "2026-11-22";
const words = [
  "海洋",
  "石化",
  "装备",
  "轴承",
  "风电",
  "医药",
  "冷链",
  "数据",
  "港口",
  "新材料",
  "电池",
  "汽车",
  "机器人",
  "半导体",
];
const kinds = ["产业园", "生产线", "研发基地", "改造项目", "物流中心", "配套码头", "总部大厦"];
const stages = ["planned", "preparatory", "started", "under_construction", "in_production"] as const;

/** A repeatable sequence in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Fills an empty, set-up office database; returns the ids of its projects. */
export function fillLargeOffice(store: Store, journal: Journal, actor: Actor): string[] {
  const random = seeded(20_261_122);
  const ids: string[] = [];
  for (let start = 0; start < SIZE.projects; start += BATCH) {
    const writes: Write[] = [];
    for (let index = start; index < start + BATCH; index++) {
      const id = newId("project");
      ids.push(id);
      writes.push(...projectWrites(id, index, actor, random));
    }
    journal.write(actor, "import_spreadsheet", writes);
  }
  store.sqlite.exec("analyze");
  return ids;
}

function projectWrites(id: string, index: number, actor: Actor, random: () => number): Write[] {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const writes: Write[] = [
    {
      entity: "project",
      id,
      values: {
        name: `${pick(words)}${pick(words)}${pick(kinds)}第${index + 1}号`,
        office_id: actor.officeId,
        region: actor.officeName,
        owner: `示例${pick(words)}${index % 997}有限公司`,
        address: `示例街道${index % 311}号`,
        total_investment: Math.floor(random() * 50_000_000),
        annual_plan_investment: Math.floor(random() * 5_000_000),
        content: "建设厂房、研发楼及配套设施",
        stage: pick(stages),
        responsible_unit: "示例责任单位",
        lists: index % 3 === 0 ? "list_over_100m" : "list_over_100m,list_strategic_emerging",
      },
    },
  ];
  for (let position = 0; position < SIZE.nodesPerProject; position++) {
    const planned = addDays(TODAY, Math.floor(random() * 500) - 300);
    const done = planned < TODAY && random() < 0.9;
    writes.push({
      entity: "node",
      id: newId("node"),
      values: {
        project_id: id,
        name: `节点${position + 1}`,
        planned_on: planned,
        planned_month: planned.slice(0, 7),
        responsible_unit: "示例责任单位",
        audit_state: done ? "approved" : "draft",
        actual_on: done ? addDays(planned, random() < 0.8 ? -2 : 6) : null,
        position,
      },
    });
  }
  for (let visit = 0; visit < SIZE.visitsPerProject; visit++) {
    writes.push({
      entity: "visit",
      id: newId("visit"),
      values: {
        project_id: id,
        person_id: actor.personId,
        visited_on: addDays(TODAY, -Math.floor(random() * 300)),
        form: "visit",
        people_met: "项目负责人（示例）",
        findings: "了解施工进展",
      },
    });
  }
  return writes;
}
