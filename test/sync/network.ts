/** Three enrolled offices for tests of the exchange: the city, 中山区, and its 海军广场街道 and 人民路街道. */
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { foundingOffices } from "#features/setup/founding-offices.ts";
import type { Actor } from "#journal/change-set.ts";
import { newId, type Recorded, type Write } from "#journal/journal.ts";
import type { SyncContext } from "#sync/context.ts";
import {
  acceptInvitation,
  admitOffice,
  makeInvitation,
  makeRequest,
  readInvitation,
  readRequest,
} from "#sync/enrolment.ts";
import { exportBundle } from "#sync/export.ts";
import { importBundle } from "#sync/import.ts";
import { createKeys, fingerprintOf, type OfficeKeys } from "#sync/keys.ts";
import { openReplica, type Replica, tempFolder } from "../helpers/replica.ts";

export const CITY = "2102";
export const DISTRICT = "210202";
export const STREET = "210202001";
export const OTHER_STREET = "210202005";

export type TestOffice = Replica & { context: SyncContext; keys: OfficeKeys; folder: string; stick: string };

async function openTestOffice(name: string, officeId: string, officeName: string): Promise<TestOffice> {
  const folder = tempFolder();
  const replica = await openReplica(name, folder);
  const stick = join(folder, "stick");
  mkdirSync(stick);
  const actor: Actor = { officeId, officeName, personId: newId("person"), personName: `${officeName}示例` };
  const now = () => new Date(replica.clock.now);
  const context = { store: replica.store, journal: replica.journal, officeId, officeName, dataFolder: folder, now };
  return { ...replica, actor, context, keys: await createKeys(folder), folder, stick };
}

export async function openCity(): Promise<TestOffice> {
  const city = await openTestOffice("city", CITY, "大连市发展改革委");
  const writes: Write[] = foundingOffices().map(({ id, values }) => ({ entity: "office", id, values }));
  city.store.writeMeta("office_id", CITY);
  city.journal.write(city.actor, "found_office", [...writes, personOf(city)]);
  return city;
}

/** Invites, joins and admits a child, as three clerks with two files would. */
export async function enrol(parent: TestOffice, officeId: string, name: string): Promise<TestOffice> {
  const invitation = makeInvitation(parent.context, parent.keys, officeId);
  const read = readInvitation(invitation.bytes, invitation.fileName, "2026-11-22");
  const child = await openTestOffice(name, officeId, read.office.name);
  child.store.transaction(() => {
    acceptInvitation(child.context, read, invitation.fileName);
    child.journal.write(child.actor, "found_office", [personOf(child)]);
  });
  const request = makeRequest(child.context, child.keys, child.actor.personName);
  admitOffice(parent.context, readRequest(parent.context, request.bytes, request.fileName), fingerprintOf(child.keys));
  return child;
}

function personOf(office: TestOffice): Write {
  const { personId: id, officeId: office_id, personName: name } = office.actor;
  return { entity: "person", id, values: { office_id, name, is_secretary: 1 } };
}

export async function openNetwork() {
  const city = await openCity();
  const district = await enrol(city, DISTRICT, "district");
  const street = await enrol(district, STREET, "street");
  return { city, district, street };
}

export function record(office: TestOffice, writes: readonly Write[], action = "update_project"): Recorded | null {
  office.clock.now += 1000;
  return office.journal.write(office.actor, action, writes);
}

export function createProject(office: TestOffice, name: string, officeId = office.context.officeId): string {
  const id = newId("project");
  record(office, [{ entity: "project", id, values: { name, office_id: officeId } }], "create_project");
  return id;
}

export function createNode(office: TestOffice, projectId: string, name: string, planned_on = "2026-11-30"): string {
  const id = newId("node");
  record(office, [{ entity: "node", id, values: { project_id: projectId, name, planned_on, audit_state: "draft" } }]);
  return id;
}

export type Carried = { bytes: Buffer; fileName: string; number: number; recordChanges: number };

/** Exports onto the sender's stick and reads the file as the receiver would. */
export async function send(from: TestOffice, to: TestOffice): Promise<Carried> {
  from.clock.now += 60_000;
  const made = await exportBundle(from.context, from.keys, to.context.officeId, from.stick, "经办示例", "0.1.0");
  return {
    bytes: readFileSync(made.path),
    fileName: made.fileName,
    number: made.number,
    recordChanges: made.recordChanges,
  };
}

export function take(to: TestOffice, { bytes, fileName }: Pick<Carried, "bytes" | "fileName">) {
  to.clock.now += 60_000;
  return importBundle(to.context, to.keys, bytes, fileName, "经办示例");
}

export async function carry(from: TestOffice, to: TestOffice) {
  return take(to, await send(from, to));
}

/** A backup of the office's database. */
export function backUp({ store }: TestOffice): string {
  const path = join(tempFolder(), "backup.db");
  store.sqlite.prepare("vacuum into ?").run(path);
  return path;
}

/** The office with a backup in place of its database: a new life, under the replica id `name`. */
export async function restore(office: TestOffice, backup: string, name: string): Promise<TestOffice> {
  const folder = tempFolder();
  copyFileSync(backup, join(folder, "lianxinqiao.db"));
  const replica = await openReplica(name, folder);
  replica.clock.now = office.clock.now;
  const { store, journal, clock } = replica;
  const now = () => new Date(clock.now);
  const context = { ...office.context, store, journal, dataFolder: folder, now };
  return { ...office, ...replica, actor: office.actor, context, folder };
}

/** Every row of a table; without the numbers that only this office's log gives. */
export function readAll(office: TestOffice, table: string): Record<string, unknown>[] {
  const rows = office.store.sqlite.prepare(`select * from ${table} order by id`).all() as Record<string, unknown>[];
  return rows.map(({ touched_by: _, ...row }) => row);
}

export function names(office: TestOffice, table = "project"): string[] {
  return readAll(office, table)
    .map((row) => String(row.name))
    .sort();
}
