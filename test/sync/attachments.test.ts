/** Contents of attachments between offices, bundle by bundle; their records are written on both sides by hand. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "#journal/journal.ts";
import { missingAttachments } from "#store/attachments.ts";
import {
  attachmentsToSend,
  attachmentsWaiting,
  noteAttachmentsSent,
  noteWanted,
  takeAttachments,
  wantedAttachments,
} from "#sync/attachments.ts";
import { readyLink } from "#sync/links.ts";
import {
  createProject,
  DISTRICT,
  enrol,
  OTHER_STREET,
  openNetwork,
  record,
  STREET,
  type TestOffice,
} from "./network.ts";

const MB = 1024 * 1024;
const contentOf = (text: string, size = 1000) => Buffer.alloc(size, text);
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

type Photo = { id: string; project_id: string; name: string; hash: string; size: number; thumb_hash: string | null };

/** A record of a photo, written at `office`; its content is only there when the test writes it. */
function describe(office: TestOffice, project: string, name: string, size = 1000, thumb = false): Photo {
  const photo = {
    id: newId("attachment"),
    project_id: project,
    name,
    hash: hashOf(contentOf(name, size)),
    size,
    thumb_hash: thumb ? hashOf(contentOf(`${name}小图`, 10)) : null,
  };
  know(office, photo);
  return photo;
}

function know(office: TestOffice, { id, ...photo }: Photo) {
  const values = { ...photo, media_type: "image/jpeg" };
  record(office, [{ entity: "attachment", id, values }], "add_attachment");
}

/** A photo with its content. */
function attach(office: TestOffice, project: string, name: string, size = 1000, thumb = false): Photo {
  office.store.blobs.write(contentOf(name, size));
  if (thumb) office.store.blobs.write(contentOf(`${name}小图`, 10));
  return describe(office, project, name, size, thumb);
}

const linkTo = (office: TestOffice, peer: TestOffice) => readyLink(office.store, peer.context.officeId);
const sending = (from: TestOffice, to: TestOffice, budget = MB, acked_number = 0) =>
  attachmentsToSend(from.context, { ...linkTo(from, to), acked_number }, budget);
const hashes = (entries: readonly { hash: string }[]) => entries.map(({ hash }) => hash);

test("law 6: a content goes once it is acknowledged never again, and a lost bundle's goes again", async () => {
  const { district, street } = await openNetwork();
  const photo = attach(street, createProject(street, "示例项目"), "现场");
  const first = sending(street, district);
  expect(hashes(first.parts)).toEqual([photo.hash]);
  expect(first.later).toEqual([]);
  noteAttachmentsSent(street.context, linkTo(street, district), hashes(first.parts), 5);
  expect(hashes(sending(street, district, MB, 4).parts)).toEqual([photo.hash]);
  expect(sending(street, district, MB, 5)).toEqual({ parts: [], later: [] });
  // A peer restored from backup acknowledges less than before.
  expect(hashes(sending(street, district, MB, 3).parts)).toEqual([photo.hash]);
});

test("thumbnails go first, then what was never sent, the oldest first, within the budget; the rest is named", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "示例项目");
  const a = attach(street, project, "甲", 400, true);
  const b = attach(street, project, "乙", 400, true);
  const c = attach(street, project, "丙", 400);
  const d = attach(street, project, "丁", 10);
  noteAttachmentsSent(street.context, linkTo(street, district), [a.hash], 1);
  const { parts, later } = sending(street, district, 900);
  expect(hashes(parts)).toEqual([a.thumb_hash, b.thumb_hash, b.hash, c.hash, d.hash]);
  expect(later).toEqual([{ hash: a.hash, size: 400 }]);
  const tight = sending(street, district, 450);
  expect(hashes(tight.parts)).toEqual([a.thumb_hash, b.thumb_hash, b.hash]);
  expect(hashes(tight.later)).toEqual([c.hash, d.hash, a.hash]);
  expect(attachmentsWaiting(street.context, linkTo(street, district))).toEqual({ count: 4, bytes: 1210 });
});

test("a content larger than the budget goes alone instead of never", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "示例项目");
  const huge = attach(street, project, "大图", 5000);
  const small = attach(street, project, "小图", 10);
  const { parts, later } = sending(street, district, 1000);
  expect(hashes(parts)).toEqual([huge.hash]);
  expect(hashes(later)).toEqual([small.hash]);
});

test("whatever the budget, every content arrives after enough bundles, each within the budget", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "示例项目");
  const link = linkTo(street, district);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 50, max: 600 }),
      async (sizes, budget) => {
        street.store.sqlite.exec("delete from attachment_at_peer");
        const photos = sizes.map((size, index) => attach(street, project, `${index}-${size}`, size, index % 2 === 0));
        const arrived = new Set<string>();
        let bundles = 0;
        for (let more = true; more; bundles++) {
          const { parts, later } = sending(street, district, budget, bundles);
          const bytes = parts.reduce((sum, part) => sum + part.bytes.length, 0);
          expect(bytes <= budget || parts.filter((part) => part.bytes.length > 10).length === 1).toBe(true);
          for (const { hash } of parts) arrived.add(hash);
          noteAttachmentsSent(street.context, link, hashes(parts), bundles + 1);
          more = later.length > 0;
          expect(bundles).toBeLessThan(2000);
        }
        for (const { hash } of photos) expect(arrived.has(hash)).toBe(true);
      },
    ),
    { numRuns: 15, seed: 3 },
  );
});

test("law 8: upward everything of the subtree, downward only what belongs to the child, archived ones nowhere", async () => {
  const { city, district, street } = await openNetwork();
  const sister = await enrol(district, OTHER_STREET, "other");
  const ofStreet = attach(district, createProject(district, "街道项目", STREET), "街道");
  const ofSister = attach(district, createProject(district, "邻街项目", OTHER_STREET), "邻街");
  const ofDistrict = attach(district, createProject(district, "区级项目", DISTRICT), "区级");
  const archived = attach(district, ofDistrict.project_id, "已删");
  record(district, [{ entity: "attachment", id: archived.id, values: { archived_on: "2026-11-22" } }]);
  expect(hashes(sending(district, city).parts)).toEqual([ofStreet.hash, ofSister.hash, ofDistrict.hash]);
  expect(hashes(sending(district, street).parts)).toEqual([ofStreet.hash]);
  expect(hashes(sending(district, sister).parts)).toEqual([ofSister.hash]);
});

test("the same photo at two projects travels once", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(street, "示例项目");
  const photo = attach(street, project, "现场");
  know(street, { ...photo, id: newId("attachment"), project_id: createProject(street, "又一个项目") });
  expect(hashes(sending(street, district).parts)).toEqual([photo.hash]);
});

test("what came from the peer is not sent back to it, but is passed on", async () => {
  const { city, district } = await openNetwork();
  const project = createProject(district, "街道项目", STREET);
  const photo = describe(district, project, "现场");
  expect(hashes(sending(district, city).later)).toEqual([photo.hash]);
  const parts = [{ hash: photo.hash, bytes: contentOf("现场") }];
  expect(takeAttachments(district.context, readyLink(district.store, STREET), parts, "包.lxq")).toBe(1);
  expect(attachmentsToSend(district.context, readyLink(district.store, STREET), MB).parts).toEqual([]);
  expect(hashes(sending(district, city).parts)).toEqual([photo.hash]);
});

test("a content that has not arrived is named as missing until it comes, whichever way", async () => {
  const { district, street } = await openNetwork();
  const photo = describe(district, createProject(district, "街道项目", STREET), "现场", 1000, true);
  expect(missingAttachments(district.store)).toEqual([{ hash: photo.hash, name: "现场", projectId: photo.project_id }]);
  expect(wantedAttachments(district.context, linkTo(district, street))).toEqual([photo.thumb_hash, photo.hash]);
  const parts = [
    { hash: String(photo.thumb_hash), bytes: contentOf("现场小图", 10) },
    { hash: photo.hash, bytes: contentOf("现场") },
  ];
  expect(takeAttachments(district.context, linkTo(district, street), parts, "包.lxq")).toBe(2);
  expect(takeAttachments(district.context, linkTo(district, street), parts, "包.lxq")).toBe(0);
  expect(missingAttachments(district.store)).toEqual([]);
  expect(wantedAttachments(district.context, linkTo(district, street))).toEqual([]);
});

test("a false content refuses the bundle before anything is written, one that no record refers to is left out", async () => {
  const { district, street } = await openNetwork();
  const photo = describe(district, createProject(district, "街道项目", STREET), "现场");
  const link = linkTo(district, street);
  const good = { hash: photo.hash, bytes: contentOf("现场") };
  const forged = { hash: hashOf(contentOf("另一张")), bytes: contentOf("冒充") };
  expect(() => takeAttachments(district.context, link, [good, forged], "包.lxq")).toThrow("内容与指纹不符");
  expect(district.store.blobs.has(photo.hash)).toBe(false);
  const stray = { hash: hashOf(contentOf("无主")), bytes: contentOf("无主") };
  expect(takeAttachments(district.context, link, [good, stray], "包.lxq")).toBe(1);
  expect(district.store.blobs.has(stray.hash)).toBe(false);
});

test("a peer that lost a content although it had it asks, and is sent it again", async () => {
  const { district, street } = await openNetwork();
  const photo = attach(street, createProject(street, "示例项目"), "现场");
  noteAttachmentsSent(street.context, linkTo(street, district), [photo.hash], 5);
  expect(sending(street, district, MB, 6).parts).toEqual([]);
  noteWanted(street.context, linkTo(street, district), [photo.hash, "../no hash", hashOf(contentOf("不知道"))]);
  expect(hashes(sending(street, district, MB, 6).parts)).toEqual([photo.hash]);
});

test("asking for a content outside the link's scope brings nothing", async () => {
  const { district, street } = await openNetwork();
  const photo = attach(district, createProject(district, "区级项目", DISTRICT), "机密");
  noteWanted(district.context, linkTo(district, street), [photo.hash]);
  expect(sending(district, street)).toEqual({ parts: [], later: [] });
});

test("a damaged file is not sent but asked for, and the neighbour's copy repairs it", async () => {
  const { district, street } = await openNetwork();
  const photo = attach(district, createProject(district, "街道项目", STREET), "现场");
  const { folder } = district.store.blobs;
  writeFileSync(join(folder, photo.hash.slice(0, 2), photo.hash), "坏");
  expect(sending(district, street)).toEqual({ parts: [], later: [{ hash: photo.hash, size: 1000 }] });
  expect(wantedAttachments(district.context, linkTo(district, street))).toEqual([photo.hash]);
  const parts = [{ hash: photo.hash, bytes: contentOf("现场") }];
  expect(takeAttachments(district.context, linkTo(district, street), parts, "包.lxq")).toBe(1);
  expect(district.store.blobs.read(photo.hash)?.equals(contentOf("现场"))).toBe(true);
});

test("more missing contents than one bundle may ask for are asked for in turn", async () => {
  const { district, street } = await openNetwork();
  const project = createProject(district, "街道项目", STREET);
  const photos = Array.from({ length: 1200 }, (_, index) => describe(district, project, `第${index}张`));
  const asked = new Set<string>();
  for (const sent_number of [0, 1, 2]) {
    const wanted = wantedAttachments(district.context, { ...linkTo(district, street), sent_number });
    expect(wanted).toHaveLength(500);
    for (const hash of wanted) asked.add(hash);
  }
  expect(sending(district, street).later).toHaveLength(1000);
  expect(asked).toEqual(new Set(photos.map(({ hash }) => hash)));
});
