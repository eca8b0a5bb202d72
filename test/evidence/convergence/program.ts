/**
 * The program as its offices run it, in two versions: today's, and a newer one with one more field of projects and
 * one more entity. Each version is a set of modules of its own, so that both work in one process side by side.
 */
import { vi } from "vitest";
import type { Entity } from "#domain/entity.ts";
import { registry } from "#domain/registry.ts";
import type { Store } from "#store/store.ts";

export const LATE_FIELD = "carbon_note";
export const LATE_ENTITY = "inspection";

export type Program = Awaited<ReturnType<typeof loadProgram>>;

export async function loadProgram(version: "today" | "newer") {
  vi.resetModules();
  const isNewer = version === "newer";
  if (isNewer) await extendRegistry();
  const [open, backup, journal, late, versions, exporting, waiting, importing, verify] = await Promise.all([
    import("#store/open.ts"),
    import("#store/backup.ts"),
    import("#journal/journal.ts"),
    import("#journal/late-fields.ts"),
    import("#journal/versions.ts"),
    import("#sync/export.ts"),
    import("#sync/waiting.ts"),
    import("#sync/import.ts"),
    import("#features/verify.ts"),
  ]);
  return {
    isNewer,
    Journal: journal.Journal,
    newId: journal.newId,
    backupTo: backup.backupTo,
    parseVersions: versions.parseVersions,
    exportBundle: exporting.exportBundle,
    waitingRows: waiting.waitingRows,
    importBundle: importing.importBundle,
    verifyStore: verify.verifyStore,
    /** Opens a database as this version's core would, an upgrade included. */
    async open(path: string): Promise<Store> {
      const store = await open.openStore(path);
      if (isNewer) extendTables(store);
      late.takeUpLateFields(store);
      return store;
    },
  };
}

/** What "How to add a field" in the README says, before any other module has read the registry. */
async function extendRegistry(): Promise<void> {
  const { registry: extended, entityNames } = await import("#domain/registry.ts");
  const { date, reference, text } = await import("#domain/fields.ts");
  const project = extended.project as Entity;
  (project.fields as Record<string, unknown>)[LATE_FIELD] = text("碳排放");
  const inspection: Entity = {
    label: "检查",
    scope: { by: "project", column: "project_id" },
    title: "findings",
    fields: {
      project_id: reference("项目", "project", { required: true }),
      findings: text("检查情况", { required: true }),
      archived_on: date("归档日期", { byAct: true }),
    },
  };
  (extended as Record<string, Entity>)[LATE_ENTITY] = inspection;
  (entityNames as string[]).push(LATE_ENTITY);
}

/** The newer version's migration; the new table has what the journal keeps beside the fields of every entity. */
function extendTables(store: Store): void {
  const isThere = store.sqlite.prepare("select 1 from sqlite_master where name = ?").get(LATE_ENTITY);
  if (isThere) return;
  const columns = store.sqlite.pragma("table_info(setting)") as { name: string; type: string; notnull: number }[];
  const kept = columns
    .filter(({ name }) => !["id", "archived_on"].includes(name) && !(name in registry.setting.fields))
    .map(({ name, type, notnull }) => `${name} ${type}${notnull ? " not null" : ""}`);
  store.sqlite.exec(`alter table project add column ${LATE_FIELD} text;
    create table ${LATE_ENTITY} (id text primary key, project_id text, findings text, archived_on text,
      ${kept.join(", ")}) without rowid;`);
}
