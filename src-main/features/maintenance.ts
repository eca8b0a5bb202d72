/** Care of the database: backup into a folder, proof that file and tables are sound, undo. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { maintenance as contract } from "#contract/office.ts";
import { Failure } from "#domain/failure.ts";
import type { EntityName } from "#domain/registry.ts";
import { decodeBody } from "#journal/body.ts";
import { backupTo } from "#store/backup.ts";
import { query } from "#store/store.ts";
import type { Handlers } from "./handlers.ts";
import { requireUnlocked } from "./nodes.ts";
import { type Office, requireAuthority } from "./office.ts";
import { verifyStore } from "./verify.ts";

export const maintenance: Handlers<typeof contract> = {
  /** The database as one file, and beside it the contents of attachments that the folder does not hold yet. */
  backup: async (office, { folder }) => {
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
      throw new Failure("folder_unusable", { folder, reason: "文件夹不存在" });
    }
    const name = fileNamePart(office.self.name);
    const path = freePath(folder, `连心桥备份-${name}-${office.today}`);
    const made = backupTo(office.store.sqlite, path);
    const attachmentFolder = join(folder, `连心桥附件-${name}`);
    const { copied, damaged } = await office.store.blobs.copyTo(attachmentFolder);
    return { path, ...made, attachmentFolder, attachmentsCopied: copied, attachmentsDamaged: damaged };
  },

  verify: (office) => verifyStore(office.store),

  /** Takes back one change set of the person at the keyboard, within what this office may write today. */
  undo: (office, { changeSet }) => {
    const { actor } = office;
    return office.store.transaction(() => {
      const rows = recordsOf(office, changeSet, actor.personId);
      const first = rows[0];
      if (!first) throw new Failure("nothing_to_undo");
      for (const row of rows) requireOpen(office, row);
      const undone = office.journal.undo(actor, changeSet, office.today);
      const { level, name } = office.self;
      for (const row of recordsOf(office, undone, actor.personId)) {
        requireAuthority(name, level, row.entity as EntityName, decodeBody(row.body).values);
      }
      return { id: first.row_id, changeSet: undone };
    });
  },
};

/** "name.db" in the folder, with a number when there already is one. */
function freePath(folder: string, name: string): string {
  for (let copy = 1; ; copy++) {
    const path = join(folder, `${name}${copy === 1 ? "" : `-${copy}`}.db`);
    if (!existsSync(path)) return path;
  }
}

function fileNamePart(name: string): string {
  return name.replaceAll(/[\\/:*?"<>|\s]/g, "");
}

type LogRow = { entity: string; row_id: string; body: string };

/** The records of a change set that this person made. */
function recordsOf(office: Office, stamp: string, personId: string): LogRow[] {
  return office.store.all(
    query
      .selectFrom("change_row")
      .innerJoin("change_set", "change_set.id", "change_row.set_id")
      .select(["change_row.entity", "change_row.row_id", "change_row.body"])
      .where("change_set.stamp", "=", stamp)
      .where("change_set.person_id", "=", personId)
      .orderBy("change_row.id"),
  );
}

/** The record's project is still ours, and a node is not locked but by the very act to be undone. */
function requireOpen(office: Office, { entity, row_id, body }: LogRow): void {
  const { projectId, node } = placeOf(office, entity, row_id);
  const officeId = projectId && officeOfProject(office, projectId);
  if (officeId && !office.subtree.has(officeId)) throw new Failure("out_of_scope");
  if (node && !Object.hasOwn(decodeBody(body).values, "audit_state")) requireUnlocked(node);
}

function placeOf(office: Office, entity: string, id: string) {
  if (entity === "project") return { projectId: id };
  if (entity === "node") {
    const node = office.store.first(
      query.selectFrom("node").select(["project_id", "name", "audit_state"]).where("id", "=", id),
    );
    return { projectId: node?.project_id, node };
  }
  if (entity !== "visit" && entity !== "assignment" && entity !== "monthly_progress") return {};
  return {
    projectId: office.store.first(query.selectFrom(entity).select("project_id").where("id", "=", id))?.project_id,
  };
}

function officeOfProject(office: Office, id: string): string | undefined {
  return office.store.first(query.selectFrom("project").select("office_id").where("id", "=", id))?.office_id;
}
