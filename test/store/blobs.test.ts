import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { newId } from "#journal/journal.ts";
import { checkAttachments, missingAttachments } from "#store/attachments.ts";
import { Blobs } from "#store/blobs.ts";
import { openReplica, type Replica, tempFolder } from "../helpers/replica.ts";

const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  return { ...fs, statfsSync: (path: string) => (disk.isFull ? { bavail: 1, bsize: 4096 } : fs.statfsSync(path)) };
});

const bytesOf = (text: string) => Buffer.from(text.repeat(1000));
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const pathOf = (folder: string, hash: string) => join(folder, hash.slice(0, 2), hash);

function attach({ journal, actor }: Replica, hash: string, more: object = {}) {
  const values = { project_id: "p1", name: "现场.jpg", hash, size: 5, media_type: "image/jpeg", ...more };
  journal.write(actor, "add_attachment", [{ entity: "attachment", id: newId("attachment"), values }]);
}

test("a content is kept under its hash, once, and reads back the same after a restart", () => {
  const folder = tempFolder();
  const bytes = bytesOf("现场照片");
  const blobs = new Blobs(folder);
  const hash = blobs.write(bytes);
  expect(hash).toBe(hashOf(bytes));
  expect(blobs.write(Buffer.from(bytes))).toBe(hash);
  expect(readdirSync(folder, { recursive: true })).toHaveLength(2);
  expect(readFileSync(pathOf(folder, hash)).equals(bytes)).toBe(true);
  const reopened = new Blobs(folder);
  expect(reopened.has(hash)).toBe(true);
  expect(reopened.read(hash)?.equals(bytes)).toBe(true);
  expect(reopened.sizeOf(hash)).toBe(bytes.length);
});

test("a content that is not here is null, and no name of another office becomes a path", () => {
  const folder = tempFolder();
  writeFileSync(join(folder, "secret"), "密");
  mkdirSync(join(folder, "attachments"));
  const blobs = new Blobs(join(folder, "attachments"));
  for (const hash of [hashOf(bytesOf("无")), "../secret", "", "A".repeat(64)]) {
    expect(blobs.has(hash)).toBe(false);
    expect(blobs.read(hash)).toBeNull();
    expect(blobs.sizeOf(hash)).toBeNull();
  }
});

test("a damaged file is never handed out: it is set aside and the same content can be kept again", () => {
  const folder = tempFolder();
  const bytes = bytesOf("证照");
  const hash = new Blobs(folder).write(bytes);
  writeFileSync(pathOf(folder, hash), Buffer.concat([bytes.subarray(1), Buffer.from("x")]));
  const blobs = new Blobs(folder);
  expect(blobs.read(hash)).toBeNull();
  expect(blobs.has(hash)).toBe(false);
  expect(existsSync(`${pathOf(folder, hash)}.damaged`)).toBe(true);
  expect(blobs.write(bytes)).toBe(hash);
  expect(blobs.read(hash)?.equals(bytes)).toBe(true);
});

test("writing over a damaged file repairs it", () => {
  const folder = tempFolder();
  const bytes = bytesOf("证照");
  const hash = new Blobs(folder).write(bytes);
  writeFileSync(pathOf(folder, hash), "坏");
  const blobs = new Blobs(folder);
  blobs.write(bytes);
  expect(readFileSync(pathOf(folder, hash)).equals(bytes)).toBe(true);
});

test("a file that vanished while the program runs counts as not here", () => {
  const blobs = new Blobs(tempFolder());
  const hash = blobs.write(bytesOf("照片"));
  rmSync(pathOf(blobs.folder, hash));
  expect(blobs.read(hash)).toBeNull();
  expect(blobs.has(hash)).toBe(false);
});

test("what a killed program left half written is swept away", () => {
  const folder = tempFolder();
  const hash = hashOf(bytesOf("照片"));
  mkdirSync(join(folder, hash.slice(0, 2)));
  writeFileSync(`${pathOf(folder, hash)}.part`, "照");
  expect(new Blobs(folder).has(hash)).toBe(false);
  expect(readdirSync(join(folder, hash.slice(0, 2)))).toEqual([]);
});

test("a folder that cannot be written ends in a sentence, and nothing counts as kept", () => {
  const folder = tempFolder();
  writeFileSync(join(folder, "attachments"), "a file in the way");
  const blobs = new Blobs(join(folder, "attachments"));
  expect(() => blobs.write(bytesOf("照片"))).toThrow("不能写入");
});

test("a full disk ends in a sentence, leaves nothing half written, and works again when there is room", () => {
  const folder = tempFolder();
  const blobs = new Blobs(folder);
  disk.isFull = true;
  expect(() => blobs.write(bytesOf("照片"))).toThrow("磁盘空间不足");
  disk.isFull = false;
  expect(readdirSync(folder, { recursive: true })).toHaveLength(1);
  expect(blobs.hashes.size).toBe(0);
  expect(blobs.has(blobs.write(bytesOf("照片")))).toBe(true);
});

test("a copy takes only what the target does not hold yet, and leaves damaged ones out", async () => {
  const blobs = new Blobs(tempFolder());
  const target = join(tempFolder(), "copy");
  const first = blobs.write(bytesOf("一"));
  expect(await blobs.copyTo(target)).toMatchObject({ copied: 1, damaged: 0 });
  const second = blobs.write(bytesOf("二"));
  const third = blobs.write(bytesOf("三"));
  writeFileSync(pathOf(blobs.folder, third), "坏");
  expect(await blobs.copyTo(target)).toEqual({ copied: 1, bytes: bytesOf("二").length, damaged: 1 });
  expect([...new Blobs(target).hashes].sort()).toEqual([first, second].sort());
});

test("the check names what is missing, damaged and without a record", async () => {
  const folder = tempFolder();
  const replica = await openReplica("office", folder);
  const { blobs } = replica.store;
  const sound = blobs.write(bytesOf("完好"));
  const thumb = blobs.write(bytesOf("小图"));
  const damaged = blobs.write(bytesOf("受损"));
  const orphaned = blobs.write(bytesOf("无主"));
  const missing = hashOf(bytesOf("未到"));
  attach(replica, sound, { thumb_hash: thumb });
  attach(replica, damaged, { name: "受损.jpg" });
  attach(replica, missing, { name: "未到.jpg" });
  attach(replica, hashOf(bytesOf("已删")), { name: "已删.jpg", archived_on: "2026-11-22" });
  expect(missingAttachments(replica.store)).toEqual([{ hash: missing, name: "未到.jpg", projectId: "p1" }]);
  writeFileSync(pathOf(blobs.folder, damaged), "坏");
  const expected = {
    sound: 3,
    missing: [
      { hash: damaged, name: "受损.jpg", projectId: "p1" },
      { hash: missing, name: "未到.jpg", projectId: "p1" },
    ],
    damaged: [damaged],
    orphaned: [orphaned],
  };
  expect(await checkAttachments(replica.store)).toEqual(expected);
  expect(await checkAttachments(replica.store)).toEqual(expected);
});
