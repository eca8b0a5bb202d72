/** Care of the database: backup into a folder, proof that file and tables are sound, undo. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { maintenance as contract } from "#contract/office.ts";
import { Failure } from "#domain/failure.ts";
import type { EntityName } from "#domain/registry.ts";
import type { StoredAudit } from "#domain/review.ts";
import type { ChangedRecord } from "#journal/change-set.ts";
import { backupTo } from "#store/backup.ts";
import { query } from "#store/store.ts";
import { projectOf } from "#sync/scope.ts";
import { type AuditedEntity, audited, requireUnlocked } from "./audit.ts";
import { checkAll, checkUpOf, rebuildFromLog } from "./doctor/doctor.ts";
import type { Handlers } from "./handlers.ts";
import { requireAnswered, requireUndoable } from "./issues/undo.ts";
import { type Office, requireAuthority } from "./office.ts";

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

  verify: (office) => checkAll(office),

  check: (office, { part }) => checkUpOf(office).look(part),

  checking: (office) => checkUpOf(office).progress.watch(),

  cancelCheck: (office) => checkUpOf(office).cancel(),

  rebuild: (office) => rebuildFromLog(office),

  /** Takes back one change set of the person at the keyboard, within what this office may write today. */
  undo: (office, { changeSet }) => {
    const { actor } = office;
    return office.store.transaction(() => {
      const { records, stamp } = setOf(office, changeSet);
      const first = records[0];
      if (!first) throw new Failure("nothing_to_undo");
      for (const record of records) {
        requireOpen(office, record);
        requireUndoable(office, record, stamp);
      }
      const undone = office.journal.undo(actor, changeSet, office.today);
      const { level, name } = office.self;
      for (const record of setOf(office, undone.number).records) {
        requireAuthority(name, level, record.entity as EntityName, record.values);
        requireAnswered(office, record);
      }
      return { id: first.id, changeSet: undone.number };
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

/** A change set that the person at the keyboard made; of another's nothing. */
function setOf(office: Office, changeSet: number): { records: ChangedRecord[]; stamp: string } {
  const set = office.journal.log.setAt(changeSet);
  return set?.personId === office.actor.personId ? set : { records: [], stamp: "" };
}

/** The record's project is still ours, and what was sent up is not locked but by the very act to be undone. */
function requireOpen(office: Office, { entity, id, values }: ChangedRecord): void {
  const projectId = projectOf(office.store, entity, id);
  const officeId = projectId && officeOfProject(office, projectId);
  if (officeId && !office.subtree.has(officeId)) throw new Failure("out_of_scope");
  const lock = lockOf(office, entity, id);
  if (lock && !Object.hasOwn(values, audited[lock.entity].field)) {
    requireUnlocked(lock.entity, lock.name, lock.state);
  }
}

/** The audited record that locks this one: itself, or the node that an attachment proves. */
function lockOf(office: Office, entity: string, id: string): Lock | undefined {
  if (entity === "node") return nodeLock(office, id);
  if (entity === "attachment") {
    const belongs = query.selectFrom("attachment").select("node_id").where("id", "=", id);
    const nodeId = office.store.first(belongs)?.node_id;
    return nodeId ? nodeLock(office, nodeId) : undefined;
  }
  if (entity !== "monthly_progress") return undefined;
  const found = query
    .selectFrom("monthly_progress")
    .select(["month as name", "report_state as state"])
    .where("id", "=", id);
  const report = office.store.first(found);
  return report && { entity, ...report };
}

type Lock = { entity: AuditedEntity; name: string; state: StoredAudit };

function nodeLock(office: Office, id: string): Lock | undefined {
  const node = office.store.first(
    query.selectFrom("node").select(["name", "audit_state as state"]).where("id", "=", id),
  );
  return node && { entity: "node", ...node };
}

function officeOfProject(office: Office, id: string): string | undefined {
  return office.store.first(query.selectFrom("project").select("office_id").where("id", "=", id))?.office_id;
}
