/** An office at work for tests of the features: a real database with the founding tree and 张示例 at the keyboard. */
import { expect } from "vitest";
import { Failure, type FailureCode } from "#domain/failure.ts";
import type { Values } from "#domain/registry.ts";
import { maintenance } from "#features/maintenance.ts";
import { Office } from "#features/office.ts";
import { CITY_ID, foundingOffices } from "#features/setup/founding-offices.ts";
import { Journal, newId, type Write } from "#journal/journal.ts";
import { openReplica, type Replica, tempFolder } from "./replica.ts";

export const CITY = CITY_ID;
/** 甘井子区 and two of its streets, 甘井子街道 and 机场街道. */
export const DISTRICT = "210211";
export const STREET = "210211004";
export const OTHER_STREET = "210211010";
export const TODAY = "2026-11-22";

export type Desk = Replica & { office: Office; folder: string; person: string };

/** Opens the office with the given id of the founding tree; `clock.now` sets its time. */
export async function openDesk(officeId = CITY): Promise<Desk> {
  const folder = tempFolder();
  const replica = await openReplica("desk", folder);
  const { store, journal, clock } = replica;
  const person = newId("person");
  const found = foundingOffices();
  const officeName = String(found.find(({ id }) => id === officeId)?.values.name);
  const actor = { officeId, officeName, personId: person, personName: "张示例" };
  const now = () => new Date(clock.now);
  journal.write(actor, "found_office", [
    ...found.map((office): Write => ({ entity: "office", ...office })),
    { entity: "person", id: person, values: { office_id: officeId, name: "张示例" } },
  ]);
  const office = new Office(store, journal, officeId, { dataFolder: folder, version: "0.0.0", printPdf: null, now });
  office.choosePerson(person);
  return { ...replica, actor, office, folder, person };
}

/** Writes records straight through the journal, as another program would have done; returns their ids. */
export function put(desk: Desk, entity: "project", values: Values<"project">): string;
export function put(desk: Desk, entity: "node", values: Values<"node">): string;
export function put(desk: Desk, entity: "visit", values: Values<"visit">): string;
export function put(desk: Desk, entity: "person", values: Values<"person">): string;
export function put(desk: Desk, entity: "assignment", values: Values<"assignment">): string;
export function put(desk: Desk, entity: "issue", values: Values<"issue">): string;
export function put(desk: Desk, entity: "issue_entry", values: Values<"issue_entry">): string;
export function put(desk: Desk, entity: "monthly_progress", values: Values<"monthly_progress">): string;
export function put(desk: Desk, entity: "annual_plan", values: Values<"annual_plan">): string;
export function put(desk: Desk, entity: "fund", values: Values<"fund">): string;
export function put(desk: Desk, entity: Write["entity"], values: object): string {
  const id = newId(entity, values as Record<string, unknown>);
  const office_id = desk.office.id;
  const defaults: Partial<Record<Write["entity"], object>> = {
    project: { name: "示例项目", office_id },
    node: { name: "施工许可证", audit_state: "draft" },
    visit: { person_id: desk.person, visited_on: TODAY, form: "visit" },
    person: { name: "李样本", office_id },
    issue: {
      title: "外部管网未接入",
      category: "municipal_pipes",
      source: "report",
      found_on: TODAY,
      state: "open",
      level: "region",
    },
    issue_entry: { kind: "follow_up", happened_on: TODAY, office_id },
    assignment: { person_id: desk.person, role: "lead", from_on: "2026-01-01" },
  };
  desk.clock.now += 1000;
  desk.journal.write(desk.actor, "create_project", [
    { entity, id, values: { ...defaults[entity], ...values } } as Write,
  ]);
  return id;
}

/** Writes as another office's database does, under a replica of its own. */
export function elsewhere({ store, clock }: Desk): Journal {
  return new Journal(store, "elsewher", () => clock.now);
}

/** Another person of the same office takes the keyboard. */
export function changePerson(desk: Desk, name: string): string {
  const id = put(desk, "person", { name });
  desk.office.choosePerson(id);
  return id;
}

/** The act must end in this failure; returns the clerk's sentence. */
export async function failure(act: () => unknown, code: FailureCode): Promise<string> {
  try {
    await act();
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).code).toBe(code);
    return (error as Failure).message;
  }
  throw new Error(`expected the failure ${code}, but the act went through`);
}

/** Takes back what an act recorded. */
export function undo(desk: Desk, { changeSet }: { changeSet: number | null }) {
  if (changeSet === null) throw new Error("the act changed nothing");
  return maintenance.undo(desk.office, { changeSet });
}
