/**
 * The workload of the exchange benchmark: two districts with 10,000 projects each and a city above them; of the field
 * changes 60 % to nodes, 15 % to projects, and 25 % new visits with 80 Chinese characters, each visit counted as one
 * change however many fields it has. Each change is an act of its own. Seeded and invented.
 */
import { addDays } from "#domain/calendar.ts";
import type { Actor } from "#journal/change-set.ts";
import { type Journal, newId, type Write } from "#journal/journal.ts";
import type { Store } from "#store/store.ts";
import { seeded } from "./data.ts";

const SHAPE = { projects: 10_000, nodesPerProject: 10 };
const BATCH = 200;
const TODAY = "2026-11-22";
const phrases =
  "企业负责人介绍设备安装进度、现场查看厂房主体结构、反映用电增容尚未批复、希望协调土地证办理、施工队伍已经进场、计划月底完成封顶、原材料价格上涨明显、环评报告正在修改、与街道共同研究解决办法、资金拨付基本到位、消防验收排期较晚、提出用工困难、要求加快管网接入、已转办相关部门、下月继续跟进".split(
    "、",
  );

/** Fills an office with its projects and nodes; returns the ids in their order. */
export function fillOffice(store: Store, journal: Journal, actor: Actor, seed: number) {
  const random = seeded(seed);
  const projects: string[] = [];
  const nodes: string[] = [];
  for (let start = 0; start < SHAPE.projects; start += BATCH) {
    const writes: Write[] = [];
    for (let index = start; index < start + BATCH; index++) {
      const id = newId("project");
      projects.push(id);
      writes.push({
        entity: "project",
        id,
        values: {
          name: `示例项目第${seed}-${index}号`,
          office_id: actor.officeId,
          owner: `示例${index % 997}有限公司`,
          total_investment: Math.floor(random() * 50_000_000),
          content: "建设厂房、研发楼及配套设施",
          stage: "started",
        },
      });
      for (let position = 0; position < SHAPE.nodesPerProject; position++) {
        const planned_on = addDays(TODAY, Math.floor(random() * 500) - 300);
        const node = newId("node");
        nodes.push(node);
        const values = {
          project_id: id,
          name: `节点${position + 1}`,
          planned_on,
          audit_state: "draft" as const,
          position,
        };
        writes.push({ entity: "node", id: node, values });
      }
    }
    journal.write(actor, "import_spreadsheet", writes);
  }
  store.sqlite.exec("analyze");
  return { projects, nodes };
}

export type Filled = ReturnType<typeof fillOffice>;

/** So many field changes in random order. */
export function* acts(filled: Filled, actor: Actor, changes: number, seed: number): Generator<Write> {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  for (let made = 0; made < changes; made++) {
    const kind = random() * 100;
    yield kind < 60 ? nodeField(pick(filled.nodes)) : kind < 75 ? projectField(pick(filled.projects)) : visit();
  }
  function nodeField(id: string): Write {
    const values = pick([
      { actual_on: addDays(TODAY, -Math.floor(random() * 60)) },
      { completion_note: `${pick(phrases)}（${Math.floor(random() * 1000)}）` },
      { evidence: pick(phrases) },
    ]);
    return { entity: "node", id, values };
  }
  function projectField(id: string): Write {
    const values = pick([
      { image_progress: `${pick(phrases)}，${pick(phrases)}` },
      { completed_investment: Math.floor(random() * 5_000_000) },
      { as_of: addDays(TODAY, -Math.floor(random() * 60)) },
    ]);
    return { entity: "project", id, values };
  }
  function visit(): Write {
    let findings = "";
    while (findings.length < 80) findings += `${pick(phrases)}${Math.floor(random() * 100)}，`;
    return {
      entity: "visit",
      id: newId("visit"),
      values: {
        project_id: pick(filled.projects),
        person_id: actor.personId,
        visited_on: addDays(TODAY, -Math.floor(random() * 300)),
        form: "visit",
        findings: findings.slice(0, 80),
      },
    };
  }
}
