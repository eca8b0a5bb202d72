/** 倒排工期 and 顺延 as acts on the nodes of one project. Rules: domain/schedule.ts and domain/review.ts. */
import type { schedule as contract } from "#contract/schedule.ts";
import { isIsoDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { planShift } from "#domain/schedule.ts";
import { nameKey } from "#domain/template.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { requireUnlocked } from "./audit.ts";
import type { Handlers, InputOf } from "./handlers.ts";
import type { StoredNode } from "./node-rows.ts";
import type { Office } from "./office.ts";

type Planned = InputOf<typeof contract, "make">["nodes"][number];

export const schedule: Handlers<typeof contract> = {
  /** Throws Failure stale_edit when a node of that name was added or completed since the preview. */
  make: (office, { projectId, nodes }) => {
    office.editableProject(projectId);
    const stored = nodesOf(office, projectId);
    const names = new Set(stored.map(({ name }) => nameKey(name)));
    let position = Math.max(0, ...stored.map((node) => node.position ?? 0));
    const writes = nodes.map((planned): Write => {
      if (planned.nodeId !== null) return replanned(planned, stored);
      if (names.has(nameKey(planned.name))) throw new Failure("stale_edit", { what: "节点计划" });
      names.add(nameKey(planned.name));
      position += 1;
      const { name, plannedOn: planned_on, responsibleUnit } = planned;
      const responsible_unit = responsibleUnit || null;
      const values = { project_id: projectId, name, planned_on, responsible_unit, audit_state: "draft", position };
      return { entity: "node", id: newId("node"), values } as Write;
    });
    return office.write("make_schedule", projectId, writes);
  },

  shift: (office, { projectId, nodeId, days, expected }) => {
    office.editableProject(projectId);
    const { moved } = planShift(nodesOf(office, projectId), nodeId, days);
    const isExpected = moved.length === expected.length && moved.every(({ node }) => expected.includes(node.id));
    if (!isExpected || moved.length === 0) throw new Failure("stale_edit", { what: "节点计划" });
    const beyond = moved.find(({ to }) => !isIsoDate(to));
    if (beyond) {
      throw new Failure("invalid_value", { where: beyond.node.name, field: "计划完成日期", reason: "超出可用的年份" });
    }
    return office.write(
      "shift_schedule",
      nodeId,
      moved.map(({ node, to }): Write => ({ entity: "node", id: node.id, values: { planned_on: to } })),
    );
  },
};

function nodesOf(office: Office, projectId: string): StoredNode[] {
  return office.store.all(
    query.selectFrom("node").selectAll().where("project_id", "=", projectId).where("archived_on", "is", null),
  );
}

function replanned({ nodeId, plannedOn }: Planned, stored: readonly StoredNode[]): Write {
  const node = stored.find(({ id }) => id === nodeId);
  if (!node || node.actual_on !== null) throw new Failure("stale_edit", { what: "节点计划" });
  requireUnlocked("node", node.name, node.audit_state);
  return { entity: "node", id: node.id, values: { planned_on: plannedOn } };
}
