/** A real city office in a temporary folder, with the founding offices and one person at the keyboard. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { Office } from "#features/office.ts";
import { CITY_ID, foundingOffices } from "#features/setup/founding-offices.ts";
import { Journal, newId, type Write } from "#journal/journal.ts";
import { openStore } from "#store/open.ts";

/** Opens the office with the given id (the city by default). */
export async function openOffice(id = CITY_ID): Promise<Office> {
  const dataFolder = mkdtempSync(join(tmpdir(), "spreadsheet-"));
  const store = await openStore(join(dataFolder, "office.db"));
  onTestFinished(() => {
    store.close();
    rmSync(dataFolder, { recursive: true });
  });
  const now = () => new Date("2026-11-22T09:00:00");
  const journal = new Journal(store, "testtest", () => now().getTime());
  const person = newId("person");
  const actor = { officeId: id, officeName: "示例", personId: person, personName: "张示例" };
  const writes: Write[] = foundingOffices().map((office) => ({ entity: "office", ...office }));
  journal.write(actor, "found_office", [
    ...writes,
    { entity: "person", id: person, values: { office_id: id, name: "张示例", is_secretary: 1 } },
  ]);
  const office = new Office(store, journal, id, { dataFolder, version: "0.0.0", printPdf: null, now });
  office.choosePerson(person);
  return office;
}
