/** Photos between offices in real bundles: sent, lost, late, wanted, restored. */
import { rmSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { newId } from "#journal/journal.ts";
import { missingAttachments } from "#store/attachments.ts";
import { carry, createProject, names, openNetwork, record, send, type TestOffice, take } from "./network.ts";

const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  return { ...fs, statfsSync: (path: string) => (disk.isFull ? { bavail: 1, bsize: 4096 } : fs.statfsSync(path)) };
});

const contentOf = (text: string, size: number) => Buffer.alloc(size, text);

function attach(office: TestOffice, project: string, name: string, size = 1000): string {
  const bytes = contentOf(name, size);
  const hash = office.store.blobs.write(bytes);
  const values = { project_id: project, name, hash, size, media_type: "image/jpeg" };
  record(office, [{ entity: "attachment", id: newId("attachment"), values }], "add_attachment");
  return hash;
}

/** The city allows `megabytes` of contents in a bundle. */
function setBudget(office: TestOffice, megabytes: number) {
  const values = { key: "attachment.bundleMb", value: String(megabytes) };
  record(office, [{ entity: "setting", id: newId("setting", values), values }], "save_setting");
}

/** As after a damaged disk: the records are there, the contents are gone. */
function loseContents(office: TestOffice) {
  rmSync(office.store.blobs.folder, { recursive: true });
  for (const hash of [...office.store.blobs.hashes]) office.store.blobs.read(hash);
}

test("a photo reaches the district and the city, whole, and is counted as arrived", async () => {
  const { city, district, street } = await openNetwork();
  const hash = attach(street, createProject(street, "示例项目"), "现场");
  expect((await carry(street, district)).missingAttachments).toBe(0);
  await carry(district, city);
  expect(city.store.blobs.read(hash)?.equals(contentOf("现场", 1000))).toBe(true);
  expect(missingAttachments(city.store)).toEqual([]);
});

test("law 6: a content of a lost bundle comes with the next, an acknowledged one never again", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "示例项目");
  const hash = attach(street, project, "现场", 50_000);
  await send(street, district);
  const second = await send(street, district);
  expect(second.bytes.length).toBeGreaterThan(50_000);
  await take(district, second);
  expect(district.store.blobs.has(hash)).toBe(true);
  await carry(district, street);
  record(street, [{ entity: "project", id: project, values: { note: "又有新情况" } }]);
  expect((await send(street, district)).bytes.length).toBeLessThan(10_000);
});

test("what does not fit into the budget is named on arrival and follows, bundle by bundle", async () => {
  const { city, district } = await openNetwork();
  setBudget(city, 1);
  await carry(city, district);
  const project = createProject(district, "示例项目");
  const hashes = ["甲", "乙", "丙"].map((name) => attach(district, project, name, 700_000));
  const first = await carry(district, city);
  expect([first.missingAttachments, first.summary]).toEqual([2, expect.stringContaining("尚缺附件 2 个")]);
  expect(missingAttachments(city.store).map(({ name }) => name)).toEqual(["乙", "丙"]);
  await carry(city, district);
  expect((await carry(district, city)).missingAttachments).toBe(1);
  await carry(city, district);
  expect((await carry(district, city)).missingAttachments).toBe(0);
  for (const hash of hashes) expect(city.store.blobs.has(hash)).toBe(true);
});

test("a content in a bundle of its own is acknowledged although no record came with it", async () => {
  const { city, district } = await openNetwork();
  setBudget(city, 1);
  await carry(city, district);
  const project = createProject(district, "示例项目");
  for (const name of ["甲", "乙"]) attach(district, project, name, 700_000);
  for (let round = 0; round < 2; round++) {
    await carry(district, city);
    await carry(city, district);
  }
  record(district, [{ entity: "project", id: project, values: { note: "又有新情况" } }]);
  expect((await send(district, city)).bytes.length).toBeLessThan(10_000);
});

test("an office that lost its contents asks its neighbours and has them again", async () => {
  const { city, district, street } = await openNetwork();
  const ofStreet = attach(street, createProject(street, "街道项目"), "街道");
  const ofDistrict = attach(district, createProject(district, "区级项目"), "区级");
  await carry(street, district);
  await carry(district, street);
  await carry(district, city);
  await carry(city, district);
  loseContents(district);
  expect(missingAttachments(district.store).map(({ name }) => name)).toEqual(["街道", "区级"]);
  await carry(district, street);
  await carry(street, district);
  expect(district.store.blobs.has(ofStreet)).toBe(true);
  await carry(district, city);
  await carry(city, district);
  expect(district.store.blobs.has(ofDistrict)).toBe(true);
  expect(missingAttachments(district.store)).toEqual([]);
});

test("a content that vanished at the sender is left out and named, never sent as something else", async () => {
  const { district, street } = await openNetwork();
  attach(street, createProject(street, "示例项目"), "现场");
  loseContents(street);
  const report = await carry(street, district);
  expect([report.outcome, report.missingAttachments]).toEqual(["applied", 1]);
  expect(district.store.blobs.hashes.size).toBe(0);
});

test("a full disk refuses the bundle as a whole; with room again it is taken in", async () => {
  const { district, street } = await openNetwork();
  const hash = attach(street, createProject(street, "示例项目"), "现场");
  const bundle = await send(street, district);
  disk.isFull = true;
  await expect(take(district, bundle)).rejects.toThrow("磁盘空间不足");
  disk.isFull = false;
  expect(names(district)).toEqual([]);
  expect((await take(district, bundle)).missingAttachments).toBe(0);
  expect(district.store.blobs.has(hash)).toBe(true);
});

test("a parked bundle that meets a full disk when its turn comes is kept, and taken in with room again", async () => {
  const { district, street } = await openNetwork();
  createProject(street, "在缺的包里");
  const missing = await send(street, district);
  street.store.sqlite.prepare("update link set acked_position = ?").run(street.journal.log.end());
  const hash = attach(street, createProject(street, "示例项目"), "现场");
  await carry(street, district);
  disk.isFull = true;
  const report = await take(district, missing);
  disk.isFull = false;
  expect(report).toMatchObject({ outcome: "applied", released: [], refused: 0 });
  expect(report.notes).toEqual([expect.stringContaining("磁盘空间不足")]);
  expect(await take(district, missing)).toMatchObject({ outcome: "already", released: [missing.number + 1] });
  expect(district.store.blobs.has(hash)).toBe(true);
});
