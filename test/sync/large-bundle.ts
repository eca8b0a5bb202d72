/** The data folder of a district, and a street's bundle that takes a while to import. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { newId, type Write } from "#journal/journal.ts";
import { tempFolder } from "../helpers/replica.ts";
import { carry, createNode, createProject, openNetwork, record, send } from "./network.ts";

export type LargeBundle = {
  bytes: Buffer;
  fileName: string;
  /** The files of the district's data folder. */
  files: Map<string, Buffer>;
  /** Projects that the district has before and after the import, and the records that the bundle brings. */
  before: number;
  after: number;
  records: number;
};

const VISITS_PER_PROJECT = 30;

/** A bundle of `projects` new projects with 30 visits each, and of a node that makes the known one red. Call in a test. */
export async function makeLargeBundle(projects: number): Promise<LargeBundle> {
  const { city, district, street } = await openNetwork();
  await carry(city, district);
  const known = createProject(street, "先前的项目");
  await carry(street, district);
  await carry(district, street);
  const writes = Array.from({ length: projects }, (_, at): Write[] => {
    const project_id = newId("project");
    const project: Write = {
      entity: "project",
      id: project_id,
      values: { name: `大包示例项目${at}`, office_id: street.context.officeId },
    };
    const visits = Array.from(
      { length: VISITS_PER_PROJECT },
      (_, visit): Write => ({
        entity: "visit",
        id: newId("visit"),
        values: {
          project_id,
          person_id: street.actor.personId,
          visited_on: "2026-11-20",
          form: "visit",
          findings: `情况${visit}`,
        },
      }),
    );
    return [project, ...visits];
  });
  record(street, writes.flat(), "import_spreadsheet");
  createNode(street, known, "早该完成的节点", "2026-09-30");
  const { bytes, fileName } = await send(street, district);
  // Smaller ones are not imported in a thread of their own.
  expect(bytes.length).toBeGreaterThan(64 * 1024);
  // The core goes on in the life that the street knows.
  district.store.writeMeta("replica", district.journal.replica);
  const copy = join(tempFolder(), "copy.db");
  district.store.sqlite.prepare("vacuum into ?").run(copy);
  const files = new Map([
    ["lianxinqiao.db", readFileSync(copy)],
    ["keys.json", readFileSync(join(district.folder, "keys.json"))],
  ]);
  return { bytes, fileName, files, before: 1, after: 1 + projects, records: projects * (1 + VISITS_PER_PROJECT) + 1 };
}

/** Puts the district's files into `folder`, which is returned. */
export function unpack({ files }: LargeBundle, folder = tempFolder()): string {
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  return folder;
}
