/** Law 10: fields of a newer program are kept in the log and appear after the upgrade that brings them. */
import { expect, test } from "vitest";
import { newId } from "#journal/journal.ts";
import { takeUpLateFields } from "#journal/late-fields.ts";
import { openReplica, type Replica, tablesOf } from "../helpers/replica.ts";

/** A project whose sponsor and visits the tables never saw, as in a database of a program without them. */
async function openOldDatabase(): Promise<Replica & { project: string }> {
  const replica = await openReplica("street");
  const { store, journal, actor } = replica;
  takeUpLateFields(store);
  const project = newId("project");
  journal.write(actor, "create_project", [
    { entity: "project", id: project, values: { name: "示例项目", office_id: "street", sponsor: "李样本" } },
    {
      entity: "visit",
      id: newId("visit"),
      values: { project_id: project, person_id: "p-street", visited_on: "2026-11-20", form: "visit" },
    },
  ]);
  const known = JSON.parse(store.readMeta("known_fields") ?? "{}") as Record<string, string[]>;
  const { visit: _, ...entities } = known;
  store.writeMeta(
    "known_fields",
    JSON.stringify({ ...entities, project: entities.project?.filter((name) => name !== "sponsor") }),
  );
  store.sqlite.exec("update project set sponsor = null; delete from visit");
  return { ...replica, project };
}

test("values and records that waited in the log appear once the program knows them", async () => {
  const { store, project } = await openOldDatabase();
  expect(takeUpLateFields(store)).toBe(true);
  expect(store.sqlite.prepare("select sponsor from project where id = ?").pluck().get(project)).toBe("李样本");
  expect(store.sqlite.prepare("select count(*) from visit").pluck().get()).toBe(1);
});

test("a late value can be changed afterwards without a conflict", async () => {
  const { store, journal, actor, project } = await openOldDatabase();
  takeUpLateFields(store);
  journal.write(actor, "update_project", [{ entity: "project", id: project, values: { sponsor: "张示例" } }]);
  expect(store.sqlite.prepare("select count(*) from field_heads").pluck().get()).toBe(0);
  expect(store.sqlite.prepare("select sponsor from project where id = ?").pluck().get(project)).toBe("张示例");
});

test("the tables stay as they are when the log holds nothing late", async () => {
  const { store } = await openReplica("street");
  takeUpLateFields(store);
  const known = JSON.parse(store.readMeta("known_fields") ?? "{}") as Record<string, string[]>;
  store.writeMeta("known_fields", JSON.stringify({ ...known, project: ["name"] }));
  const before = tablesOf(store);
  expect(takeUpLateFields(store)).toBe(false);
  expect(tablesOf(store)).toEqual(before);
  expect(takeUpLateFields(store)).toBe(false);
});
