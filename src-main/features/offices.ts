/** The office tree (单位) and the enrolment of its offices. Only the city changes the tree (sync law 9). */
import { sql } from "kysely";
import type { offices as contract, OfficeEntry } from "#contract/office.ts";
import { Failure } from "#domain/failure.ts";
import type { Row, Values } from "#domain/registry.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { enrolment } from "./enrolment.ts";
import { formValues } from "./entry.ts";
import type { Handlers } from "./handlers.ts";
import type { Office } from "./office.ts";

export const offices: Handlers<typeof contract> = {
  ...enrolment,

  list: (office) => listOffices(office),

  save: (office, { id, values }) => {
    const { self } = office;
    if (self.level !== "city") {
      throw new Failure("not_permitted", { office: self.name, what: "单位", who: "市级" });
    }
    const given = formValues("office", values);
    const made = id ?? newId("office");
    const stored = office.offices.find((entry) => entry.id === made);
    if (id !== undefined && !stored) throw new Failure("not_found", { what: "单位" });
    requirePlace(office, made, { ...stored, ...given });
    return office.write("save_office", made, [{ entity: "office", id: made, values: given }]);
  },
};

/** The whole tree by code; `projectCount` counts the active projects an office manages itself. */
export function listOffices(office: Office): OfficeEntry[] {
  const counts = new Map(projectCounts(office).map(({ office_id, count }) => [office_id, count]));
  const states = new Map(
    office.store
      .all(query.selectFrom("link").select(["peer_id", "state"]).where("role", "=", "child"))
      .map(({ peer_id, state }) => [peer_id, state]),
  );
  const entries = office.store.all(
    query.selectFrom("office").selectAll().where("archived_on", "is", null).orderBy("id"),
  );
  return entries.map(({ versions: _, touched_by: __, ...entry }) => ({
    ...entry,
    enrolment: entry.parent_id === office.id ? enrolmentOf(states.get(entry.id)) : "not_child",
    projectCount: counts.get(entry.id) ?? 0,
  }));
}

function enrolmentOf(state: "invited" | "active" | "revoked" | undefined): OfficeEntry["enrolment"] {
  return state === undefined || state === "revoked" ? "none" : state;
}

function projectCounts(office: Office) {
  return office.store.all(
    query
      .selectFrom("project")
      .select(["office_id", sql<number>`count(*)`.as("count")])
      .where("archived_on", "is", null)
      .groupBy("office_id"),
  );
}

/** One city, districts under it, streets under districts; no two offices of one name under one parent. */
function requirePlace(office: Office, id: string, next: Values<"office">): void {
  const refuse = (field: string, reason: string) => new Failure("invalid_value", { where: "单位", field, reason });
  const isHub = id === office.id;
  if (isHub !== (next.level === "city")) throw refuse("层级", isHub ? "本单位是市级" : "市级单位只有一个");
  if (isHub) return;
  const tree: Row<"office">[] = office.offices;
  const parent = tree.find((entry) => entry.id === next.parent_id);
  const wanted = next.level === "street" ? "district" : "city";
  if (parent?.level !== wanted) {
    throw refuse(
      "上级单位",
      wanted === "district" ? "街道、园区的上级应为区市县或先导区" : "区市县、先导区的上级应为市级",
    );
  }
  if (next.level === "street" && tree.some((entry) => entry.parent_id === id)) {
    throw refuse("层级", "还有下级单位，不能改为街道或园区");
  }
  if (tree.some((entry) => entry.id !== id && entry.parent_id === parent.id && entry.name === next.name?.trim())) {
    throw refuse("单位名称", "同一上级下已有同名单位");
  }
}
