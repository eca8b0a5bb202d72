import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { armor, Decrypter } from "age-encryption";
import { expect, test } from "vitest";
import { lineCheck } from "#domain/line-check.ts";
import { passphraseProblem } from "#domain/passphrase.ts";
import { renderKeySheet } from "#sheets/key-sheet.tsx";
import { rotateKeys } from "#sync/key-change.ts";
import { makeKeyCopy, restoreKeyCopy } from "#sync/key-copy.ts";
import { remakeKeys } from "#sync/key-renewal.ts";
import { fingerprintOf, readKeys } from "#sync/keys.ts";
import { failure } from "../helpers/office.ts";
import { tempFolder } from "../helpers/replica.ts";
import { carry, createProject, openNetwork, send, type TestOffice, take } from "./network.ts";

const PASSPHRASE = "lianxin qiao 2026";

/** A copy whose passphrase is quickly tried. */
const quickCopy = ({ context, keys }: TestOffice) => makeKeyCopy(context, keys, PASSPHRASE, 10);

async function rotate(office: TestOffice): Promise<void> {
  const { store, folder, keys, context } = office;
  office.keys = await rotateKeys(store, folder, keys, context.officeId, "2026-11-22");
}

test("a copy brings the keys back where keys.json is spoilt or lost, replaced keys included", async () => {
  const { district, street } = await openNetwork();
  await carry(district, street);
  createProject(district, "区里的项目", street.context.officeId);
  const onItsWay = await send(district, street);
  await rotate(street);
  const copy = await quickCopy(street);
  writeFileSync(join(street.folder, "keys.json"), "spoilt");
  expect(await restoreKeyCopy(street.context, copy, PASSPHRASE)).toEqual(street.keys);
  expect(readdirSync(street.folder).filter((name) => name.startsWith("keys"))).toHaveLength(2);
  expect(readKeys(street.folder)).toEqual(street.keys);
  expect((await take({ ...street, keys: readKeys(street.folder) }, onItsWay)).outcome).toBe("applied");
  // The statements came back too: the district, which has not heard of the change, can follow.
  createProject(street, "街道项目");
  expect((await carry(street, district)).outcome).toBe("applied");
});

test("the copy is a standard age file, opened with the passphrase alone, and each guess at it takes its time", async () => {
  const { street } = await openNetwork();
  const copy = await makeKeyCopy(street.context, street.keys, `　${PASSPHRASE}`, 10);
  expect(copy.split("\n")[0]).toBe("-----BEGIN AGE ENCRYPTED FILE-----");
  const decrypter = new Decrypter();
  decrypter.addPassphrase(PASSPHRASE);
  const opened = JSON.parse(await decrypter.decrypt(armor.decode(copy), "text"));
  expect(opened).toMatchObject({ format: "lianxinqiao-keys", ageIdentity: street.keys.ageIdentity });
  const header = Buffer.from(armor.decode(await makeKeyCopy(street.context, street.keys, PASSPHRASE)));
  expect(header.toString("latin1")).toMatch(/^age-encryption\.org\/v1\n-> scrypt \S+ 18\n/);
});

// The stock program asks for the passphrase on its terminal, which Windows cannot lend it.
test.skipIf(process.platform === "win32")("the stock age program opens the copy", async () => {
  const { street } = await openNetwork();
  const file = join(tempFolder(), "copy.age");
  writeFileSync(file, await quickCopy(street));
  const command = ["age", "-d", "-o", `${file}.json`, file];
  const parameters =
    process.platform === "darwin" ? ["-q", "/dev/null", ...command] : ["-qec", command.join(" "), "/dev/null"];
  const { stdout, error } = spawnSync("script", parameters, { input: `${PASSPHRASE}\n`, encoding: "utf8" });
  expect(error).toBeUndefined();
  expect(stdout).not.toContain("error");
  expect(readFileSync(`${file}.json`, "utf8")).toContain(street.keys.ageIdentity);
});

test("a wrong passphrase, a mistyped letter and a missing line are clear failures and change nothing", async () => {
  const { street } = await openNetwork();
  const copy = await quickCopy(street);
  const before = readFileSync(join(street.folder, "keys.json"));
  await failure(() => restoreKeyCopy(street.context, copy, "another passphrase"), "passphrase_wrong");
  const lines = copy.trim().split("\n");
  const mistyped = lines.with(
    4,
    (lines[4] ?? "").replace(/^./, (first) => (first === "A" ? "B" : "A")),
  );
  await failure(() => restoreKeyCopy(street.context, mistyped.join("\n"), PASSPHRASE), "passphrase_wrong");
  await failure(() => restoreKeyCopy(street.context, "项目名称,总投资", PASSPHRASE), "key_copy_unreadable");
  await failure(() => restoreKeyCopy(street.context, "", PASSPHRASE), "key_copy_unreadable");
  await failure(
    () => restoreKeyCopy(street.context, lines.toSpliced(1, 1).join("\n"), PASSPHRASE),
    "key_copy_unreadable",
  );
  await failure(
    () => restoreKeyCopy(street.context, lines.toSpliced(-2, 1).join("\n"), PASSPHRASE),
    "passphrase_wrong",
  );
  await failure(() => restoreKeyCopy(street.context, "A".repeat(300_000), PASSPHRASE), "key_copy_unreadable");
  expect(readFileSync(join(street.folder, "keys.json"))).toEqual(before);
});

test("typed from the sheet: numbered lines, check numbers, no frame lines, blanks as they come", async () => {
  const { street } = await openNetwork();
  const copy = await quickCopy(street);
  const facts = { office: "海军广场街道", person: "张示例", date: "2026-11-22", madeOn: "2026-11-22", text: copy };
  const { html } = renderKeySheet({ ...facts, fingerprint: fingerprintOf(street.keys) });
  const rows = [...html.matchAll(/<td class="cipher">(.*?)<\/td><td class="check">(\d{4})<\/td>/g)];
  const typed = rows.map(([, cells]) =>
    [...(cells ?? "").matchAll(/<span>(.*?)<\/span>/g)].map(([, part]) => part).join(" "),
  );
  expect(rows.length).toBeGreaterThan(8);
  expect(typed.map(lineCheck)).toEqual(rows.map(([, , check]) => check));
  expect(lineCheck((typed[0] ?? "").replace("Y", "y"))).not.toBe(rows[0]?.[2]);
  expect(html).not.toContain(PASSPHRASE);
  expect(await restoreKeyCopy(street.context, typed.join("\r\n"), PASSPHRASE)).toEqual(street.keys);
});

test("a copy of another office, an outdated one and a revoked one are refused by name", async () => {
  const { district, street } = await openNetwork();
  const foreign = await quickCopy(district);
  expect(await failure(() => restoreKeyCopy(street.context, foreign, PASSPHRASE), "key_copy_foreign")).toContain(
    "中山区",
  );
  const old = await quickCopy(street);
  await rotate(street);
  createProject(street, "街道项目");
  await carry(street, district);
  await carry(district, street);
  expect(await failure(() => restoreKeyCopy(street.context, old, PASSPHRASE), "key_copy_outdated")).toContain("中山区");
  const present = await quickCopy(street);
  rmSync(join(street.folder, "keys.json"));
  await remakeKeys(street.context);
  await failure(() => restoreKeyCopy(street.context, present, PASSPHRASE), "own_key_revoked");
});

test("the rules of passphrases: length, not only digits, not a few letters again and again; full width counts as plain", () => {
  expect(passphraseProblem("short")).toContain("至少要 12 个");
  expect(passphraseProblem("20261122202611")).toContain("不能全是数字");
  expect(passphraseProblem("２０２６１１２２２０２６１１")).toContain("不能全是数字");
  expect(passphraseProblem("ababababababab")).toContain("重复");
  expect(passphraseProblem(PASSPHRASE)).toBeNull();
});
