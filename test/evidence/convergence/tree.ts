/** The tree of the histories: a city, two districts, five streets; and the folders of all of them, enrolled once. */
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { localDate } from "#domain/calendar.ts";
import type { Values } from "#domain/registry.ts";
import type { OfficeLevel } from "#domain/values.ts";
import type { Journal, Write } from "#journal/journal.ts";
import type { SyncContext } from "#sync/context.ts";
import {
  acceptInvitation,
  admitOffice,
  makeInvitation,
  makeRequest,
  readInvitation,
  readRequest,
} from "#sync/enrolment.ts";
import { createKeys, fingerprintOf, type OfficeKeys } from "#sync/keys.ts";
import type { Program } from "./program.ts";

export type TreeOffice = { id: string; parent: string | null; name: string; level: OfficeLevel };

const office = (id: string, parent: string | null, name: string, level: OfficeLevel): TreeOffice => ({
  id,
  parent,
  name,
  level,
});

export const tree: readonly TreeOffice[] = [
  office("c", null, "示例市", "city"),
  office("d1", "c", "甲示例区", "district"),
  office("d2", "c", "乙示例区", "district"),
  office("s1", "d1", "甲一街道", "street"),
  office("s2", "d1", "甲二街道", "street"),
  office("s3", "d1", "甲三街道", "street"),
  office("s4", "d2", "乙一街道", "street"),
  office("s5", "d2", "乙二街道", "street"),
];

/** When every history begins. */
export const START = Date.parse("2026-11-22T00:00:00Z");
export const DATABASE = "lianxinqiao.db";

/** The office and all below it. */
export function subtreeOf(id: string): Set<string> {
  const below = new Set([id]);
  for (const { id: child, parent } of tree) if (parent !== null && below.has(parent)) below.add(child);
  return below;
}

export function actorOf({ id, name }: TreeOffice): Parameters<Journal["write"]>[0] {
  return { officeId: id, officeName: name, personId: `person-${id}`, personName: `${name}示例` };
}

type Enrolled = { office: TreeOffice; context: SyncContext; keys: OfficeKeys };

/** Writes a folder with database and keys for every office of the tree; histories copy them. */
export async function plantTree(program: Program, root: string): Promise<void> {
  const enrolled = new Map<string, Enrolled>();
  for (const office of tree) {
    const parent = office.parent === null ? undefined : enrolled.get(office.parent);
    enrolled.set(office.id, await settle(program, join(root, office.id), office, parent));
  }
  for (const { context } of enrolled.values()) context.store.close();
}

async function settle(program: Program, folder: string, office: TreeOffice, parent?: Enrolled): Promise<Enrolled> {
  mkdirSync(folder, { recursive: true });
  const store = await program.open(join(folder, DATABASE));
  const replica = office.id.padStart(8, "0");
  store.writeMeta("replica", replica);
  const journal = new program.Journal(store, replica, () => START);
  const now = () => new Date(START);
  const context: SyncContext = {
    store,
    journal,
    officeId: office.id,
    officeName: office.name,
    dataFolder: folder,
    now,
  };
  const keys = await createKeys(folder);
  const actor = actorOf(office);
  const person: Write = {
    entity: "person",
    id: actor.personId,
    values: { office_id: office.id, name: actor.personName, is_secretary: 1 },
  };
  if (!parent) {
    store.writeMeta("office_id", office.id);
    journal.write(actor, "found_office", [...tree.map(officeWrite), person]);
    return { office, context, keys };
  }
  const invitation = makeInvitation(parent.context, parent.keys, office.id);
  const read = readInvitation(invitation.bytes, invitation.fileName, localDate(now()));
  acceptInvitation(context, read, invitation.fileName);
  journal.write(actor, "found_office", [person]);
  const request = makeRequest(context, keys, actor.personName);
  admitOffice(parent.context, readRequest(parent.context, request.bytes, request.fileName), fingerprintOf(keys));
  return { office, context, keys };
}

function officeWrite({ id, parent, name, level }: TreeOffice): Write {
  const kinds = { city: "city", district: "district_government", street: "street_office" } as const;
  const values: Values<"office"> = { name, level, kind: kinds[level], parent_id: parent };
  return { entity: "office", id, values };
}

/** Copies an office's folder, as it was left by plantTree, or as it lies on a disk. */
export function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}
