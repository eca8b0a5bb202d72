import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asJpegName, fileNameOf, sizeText } from "#domain/attachment.ts";
import { photoDay } from "#domain/exif.ts";
import { attachments } from "#features/attachments.ts";
import { maintenance } from "#features/maintenance.ts";
import { nodes } from "#features/nodes.ts";
import { projects } from "#features/projects/projects.ts";
import { settings } from "#features/settings.ts";
import { Blobs } from "#store/blobs.ts";
import { CITY, type Desk, DISTRICT, failure, openDesk, put, STREET, undo } from "../helpers/office.ts";
import { tempFolder } from "../helpers/replica.ts";

const jpeg = (text: string) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(text)]);
const file = (name: string, bytes: Uint8Array = jpeg(name)) => new File([new Uint8Array(bytes)], name);
const item = (given: File, thumbnail: File | null = null, takenOn: string | null = null) => ({
  file: given,
  thumbnail,
  takenOn,
});
const add = (desk: Desk, subject: Parameters<typeof attachments.add>[1]["subject"], ...files: File[]) =>
  attachments.add(desk.office, { subject, items: files.map((each) => item(each)) });
const list = async (desk: Desk, subject: Parameters<typeof attachments.list>[1]["subject"]) =>
  (await attachments.list(desk.office, { subject })).rows;
const namesOf = (rows: { name: string }[]) => rows.map(({ name }) => name);

test("photos of a project, a visit and a node are listed where they belong and with the project", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const visitId = put(desk, "visit", { project_id: projectId, visited_on: "2026-11-20" });
  const nodeId = put(desk, "node", { project_id: projectId, name: "施工许可证" });
  await add(desk, { projectId }, file("批复.pdf", Buffer.from("%PDF-1.7")));
  await add(desk, { visitId }, file("现场.jpg"));
  await add(desk, { nodeId }, file("许可证.png", Buffer.from([0x89, 0x50, 0x4e, 0x47])));
  const all = await list(desk, { projectId });
  expect(all.map(({ name, about, isPhoto, isHere }) => ({ name, about, isPhoto, isHere }))).toEqual([
    { name: "许可证.png", about: "节点 施工许可证", isPhoto: true, isHere: true },
    { name: "现场.jpg", about: "走访 2026-11-20", isPhoto: true, isHere: true },
    { name: "批复.pdf", about: "", isPhoto: false, isHere: true },
  ]);
  expect(namesOf(await list(desk, { visitId }))).toEqual(["现场.jpg"]);
  expect(namesOf(await list(desk, { nodeId }))).toEqual(["许可证.png"]);
});

test("a content comes back byte for byte under its name and type, with its thumbnail", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const items = [item(file("现场.jpg", jpeg("大")), file("t.jpg", jpeg("小")), "2026-11-20")];
  const { id } = await attachments.add(desk.office, { subject: { projectId }, items });
  const content = await attachments.content(desk.office, { id });
  expect([content.name, content.type]).toEqual(["现场.jpg", "image/jpeg"]);
  expect(Buffer.from(await content.bytes()).equals(jpeg("大"))).toBe(true);
  const thumbnail = await attachments.thumbnail(desk.office, { id });
  expect(Buffer.from(await thumbnail.bytes()).equals(jpeg("小"))).toBe(true);
  expect(await list(desk, { projectId })).toMatchObject([
    { taken_on: "2026-11-20", hasThumbnail: true, size: jpeg("大").length, media_type: "image/jpeg" },
  ]);
});

test("the same content is kept once, and the same file is not attached twice to the same thing", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const visitId = put(desk, "visit", { project_id: projectId });
  const photo = file("现场.jpg");
  expect((await add(desk, { visitId }, photo, file("又名.jpg", await photo.bytes()), file("另一张.jpg"))).added).toBe(
    2,
  );
  expect((await add(desk, { visitId }, photo, file("第三张.jpg"))).added).toBe(1);
  await failure(() => add(desk, { visitId }, photo), "attachment_repeated");
  await add(desk, { projectId }, photo);
  expect(await list(desk, { projectId })).toHaveLength(4);
  expect(desk.store.blobs.hashes.size).toBe(3);
});

test("programs, renamed files, unknown and empty ones are refused by name, and nothing is kept of the whole lot", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const refuse = async (given: File, words: string) => {
    expect(await failure(() => add(desk, { projectId }, file("好.jpg"), given), "attachment_refused")).toContain(words);
  };
  await refuse(file("照片.jpg.exe", Buffer.from("MZ")), "可能带有病毒");
  await refuse(file("带宏.xlsm", Buffer.from("PK\u0003\u0004")), "可能带有病毒");
  await refuse(file("页面.html", Buffer.from("<script>")), "可能带有病毒");
  await refuse(file("图.svg", Buffer.from("<svg onload=alert(1)>")), "可能带有病毒");
  await refuse(file("假.pdf", Buffer.from("MZ")), "内容不是“.pdf”文件");
  await refuse(file("录像.mp4", Buffer.from("mp4")), "不支持“.mp4”文件");
  await refuse(file("没有扩展名"), "没有扩展名");
  await failure(() => add(desk, { projectId }, file("空.jpg", Buffer.alloc(0))), "file_empty");
  expect(await list(desk, { projectId })).toEqual([]);
});

test("the cap of a single file is the city's setting, and the sentence names both sizes", async () => {
  const desk = await openDesk(CITY);
  const projectId = put(desk, "project", {});
  await settings.save(desk.office, { key: "attachment.maxMb", value: 1, source: "会议决定" });
  const big = file("大图.jpg", jpeg("x".repeat(1_600_000)));
  const sentence = await failure(() => add(desk, { projectId }, big), "attachment_too_big");
  expect(sentence).toContain("1.5 MB");
  expect(sentence).toContain("上限 1 MB");
  await settings.save(desk.office, { key: "attachment.maxMb", value: 2, source: "会议决定" });
  await add(desk, { projectId }, big);
});

test("a deleted attachment leaves the list and comes back with 撤销; an added one goes with it", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const added = await add(desk, { projectId }, file("一.jpg"), file("二.jpg"));
  const deleted = await attachments.archive(desk.office, { id: added.id });
  expect(await list(desk, { projectId })).toHaveLength(1);
  await undo(desk, deleted);
  expect(await list(desk, { projectId })).toHaveLength(2);
  const more = await add(desk, { projectId }, file("三.jpg"), file("四.jpg"));
  await undo(desk, more);
  expect(namesOf(await list(desk, { projectId })).sort()).toEqual(["一.jpg", "二.jpg"].sort());
  // What was deleted may be added again.
  await add(desk, { projectId }, file("三.jpg"));
});

test("name, day and note can be changed, the content and where it belongs cannot", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const { id } = await add(desk, { projectId }, file("IMG_0001.jpg"));
  const values = { name: "主厂房钢结构", taken_on: "2026-11-20", note: "东南角" };
  await attachments.update(desk.office, { id, values });
  expect(await list(desk, { projectId })).toMatchObject([values]);
  expect((await attachments.content(desk.office, { id })).name).toBe("主厂房钢结构.jpg");
  for (const [field, value] of Object.entries({ hash: "0".repeat(64), size: 1, project_id: "x", node_id: "x" })) {
    await failure(() => attachments.update(desk.office, { id, values: { [field]: value } }), "invalid_value");
  }
  await failure(() => attachments.update(desk.office, { id, values: { taken_on: "2026-11-23" } }), "future_date");
});

test("evidence of a node that was sent up stays as it was audited", async () => {
  const desk = await openDesk(STREET);
  const projectId = put(desk, "project", {});
  const nodeId = put(desk, "node", { project_id: projectId, actual_on: "2026-11-20" });
  const { id } = await add(desk, { nodeId }, file("许可证.jpg"));
  const deleted = await attachments.archive(desk.office, { id: (await add(desk, { nodeId }, file("错的.jpg"))).id });
  await nodes.review(desk.office, { ids: [nodeId], act: "submit" });
  await failure(() => maintenance.undo(desk.office, { changeSet: Number(deleted.changeSet) }), "locked");
  await failure(() => add(desk, { nodeId }, file("另一张.jpg")), "locked");
  await failure(() => attachments.archive(desk.office, { id }), "locked");
  await failure(() => attachments.update(desk.office, { id, values: { name: "改名" } }), "locked");
  const { rows, editable, readOnlyReason } = await attachments.list(desk.office, { subject: { nodeId } });
  expect([rows.length, rows[0]?.editable, editable]).toEqual([1, false, false]);
  expect(readOnlyReason).toContain("已上报");
  await nodes.review(desk.office, { ids: [nodeId], act: "withdraw" });
  await attachments.archive(desk.office, { id });
});

test("projects of other offices and archived ones are only read", async () => {
  const desk = await openDesk(DISTRICT);
  const foreign = put(desk, "project", { office_id: "210202" });
  await failure(() => add(desk, { projectId: foreign }, file("一.jpg")), "out_of_scope");
  const projectId = put(desk, "project", {});
  const { id } = await add(desk, { projectId }, file("一.jpg"));
  await projects.archive(desk.office, { id: projectId });
  await failure(() => add(desk, { projectId }, file("二.jpg")), "archived");
  expect((await attachments.content(desk.office, { id })).size).toBeGreaterThan(0);
  expect((await list(desk, { projectId }))[0]?.editable).toBe(false);
});

test("an attachment whose content has not arrived or is damaged is named, never silently empty", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", { name: "示例项目" });
  const { id } = await add(desk, { projectId }, file("现场.jpg"));
  expect(await attachments.missing(desk.office, undefined)).toEqual({ rows: [], total: 0 });
  const { folder } = desk.store.blobs;
  const [path] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((each) => each.length > 64);
  writeFileSync(join(folder, String(path)), "坏");
  const sentence = await failure(() => attachments.content(desk.office, { id }), "attachment_missing");
  expect(sentence).toContain("现场.jpg");
  expect(await list(desk, { projectId })).toMatchObject([{ isHere: false }]);
  expect(await attachments.missing(desk.office, undefined)).toEqual({
    rows: [{ projectId, projectName: "示例项目", name: "现场.jpg" }],
    total: 1,
  });
  await failure(() => attachments.thumbnail(desk.office, { id }), "attachment_missing");
});

test("what another office calls a picture is typed by its bytes when it is handed out", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const hash = desk.store.blobs.write(Buffer.from("<script>alert(1)</script>"));
  desk.journal.write(desk.actor, "add_attachment", [
    {
      entity: "attachment",
      id: "a1",
      values: { project_id: projectId, name: "页面.html", hash, size: 25, media_type: "text/html" },
    },
  ]);
  expect((await attachments.content(desk.office, { id: "a1" })).type).toBe("application/octet-stream");
});

test("a backup holds the contents beside the database, and a later one adds only what is new", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  const folder = tempFolder();
  await add(desk, { projectId }, file("一.jpg"), file("二.jpg"));
  const first = await maintenance.backup(desk.office, { folder });
  expect([first.attachmentsCopied, first.attachmentsDamaged]).toEqual([2, 0]);
  await add(desk, { projectId }, file("三.jpg"));
  const second = await maintenance.backup(desk.office, { folder });
  expect([second.attachmentsCopied, second.attachmentFolder]).toEqual([1, first.attachmentFolder]);
  expect([...new Blobs(first.attachmentFolder).hashes].sort()).toEqual([...desk.store.blobs.hashes].sort());
});

test("attachments show in the project's history under their own words", async () => {
  const desk = await openDesk();
  const projectId = put(desk, "project", {});
  await add(desk, { projectId }, file("现场.jpg"));
  const [entry] = (await projects.history(desk.office, { id: projectId, limit: 100 })).entries;
  expect(entry).toMatchObject({ action: "添加附件", entityLabel: "附件", title: "现场.jpg" });
  expect(entry?.changes.map(({ label }) => label)).toEqual(["项目", "名称", "大小（字节）"]);
});

test("names keep what tells the file's kind, and lose what a file system cannot hold", () => {
  expect(fileNameOf("主厂房", "image/jpeg")).toBe("主厂房.jpg");
  expect(fileNameOf("一期/二期:图?.JPG", "image/jpeg")).toBe("一期_二期_图_.JPG");
  expect(fileNameOf("证.pdf", "application/pdf")).toBe("证.pdf");
  expect(asJpegName("IMG.0001.PNG")).toBe("IMG.0001.jpg");
  expect(asJpegName("照片")).toBe("照片.jpg");
  expect([sizeText(10), sizeText(880_000), sizeText(5_033_165), sizeText(3 * 1024 ** 3)]).toEqual([
    "1 KB",
    "859 KB",
    "4.8 MB",
    "3.0 GB",
  ]);
});

test("the day a camera wrote into a photo is read, whatever its byte order; nonsense is none", () => {
  expect(photoDay(withExif("2026:11:20 09:30:00", true))).toBe("2026-11-20");
  expect(photoDay(withExif("2026:11:20 09:30:00", false))).toBe("2026-11-20");
  expect(photoDay(withExif("0000:00:00 00:00:00", true))).toBeNull();
  expect(photoDay(jpeg("no exif"))).toBeNull();
  expect(photoDay(Buffer.from("%PDF-"))).toBeNull();
  const whole = withExif("2026:11:20 09:30:00", true);
  for (let length = 0; length < whole.length; length++) expect(() => photoDay(whole.subarray(0, length))).not.toThrow();
});

/** A JPEG with one Exif segment that names the day in DateTimeOriginal. */
function withExif(day: string, little: boolean): Buffer {
  const tiff = Buffer.alloc(64);
  const u16 = (at: number, value: number) => (little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at));
  const u32 = (at: number, value: number) => (little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at));
  tiff.write(little ? "II" : "MM", 0);
  u16(2, 42);
  u32(4, 8);
  u16(8, 1);
  u16(10, 0x8769);
  u32(18, 26);
  u16(26, 1);
  u16(28, 0x9003);
  u32(36, 44);
  tiff.write(day, 44);
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 72]), Buffer.from("Exif\0\0"), tiff]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), segment, Buffer.from([0xff, 0xda])]);
}
