/** The life of a key as clerks see it: copied, lost and restored, replaced, revoked, and joined again with the data kept. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { admit, download, exportBundle, go, importBundle, invite, plugStick } from "./clerk.ts";
import { openOffice, type Program, seriousFindings } from "./harness.ts";
import { offices } from "./templates.ts";

const CITY = offices.city.name;
const DISTRICT = offices.district.name;
const PASSPHRASE = "lianxin qiao 2026";

let city: Program;
let district: Program;
let stick: string;

beforeAll(async () => {
  stick = plugStick();
  [city, district] = await Promise.all([openOffice("city"), openOffice("district")]);
});
afterAll(async () => {
  for (const program of [city, district]) {
    expect(program.problems).toEqual([]);
    await program.close();
  }
  vi.unstubAllEnvs();
  rmSync(dirname(stick), { recursive: true, force: true });
});

async function openKeys({ page }: Program): Promise<void> {
  await go(page, "单位与设定");
  await page.getByRole("tab", { name: "密钥" }).click();
  await page.getByRole("heading", { name: "本单位的密钥" }).waitFor();
}

const own = ({ page }: Program) => page.getByRole("region", { name: "本单位的密钥" });
const fingerprint = (program: Program) => own(program).locator("code").textContent();

async function restart(program: Program): Promise<void> {
  await program.restart();
  await program.page.getByRole("button", { name: /李样本|张示例/ }).click();
  await program.page.getByRole("heading", { name: "工作台" }).waitFor();
}

test("a copy is saved to the stick and laid out as a sheet, only with a passphrase that holds", async () => {
  const { page } = district;
  await openKeys(district);
  await own(district).getByText("密钥还没有备份").waitFor();
  await own(district).getByRole("button", { name: "备份密钥" }).click();
  const dialog = page.getByRole("dialog", { name: "备份密钥" });
  await dialog.getByLabel("口令", { exact: true }).fill("12345678901234");
  await dialog.getByText("不能全是数字").last().waitFor();
  await expect.poll(() => dialog.getByRole("button", { name: "打印成纸" }).isDisabled()).toBe(true);
  await dialog.getByLabel("口令", { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel("再输一次").fill(PASSPHRASE);
  await dialog.getByRole("button", { name: "选择U盘或文件夹" }).click();
  const folders = page.getByRole("dialog", { name: "选择U盘或文件夹" });
  await folders.getByRole("button", { name: "个人文件夹" }).click();
  await folders.getByRole("button", { name: basename(stick) }).click();
  await folders.getByText(stick, { exact: true }).waitFor();
  await folders.getByRole("button", { name: "选择这个文件夹" }).click();
  await dialog.getByRole("button", { name: "存到这里" }).click();
  await dialog.getByText("密钥备份已写入并核对").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "打印成纸" }).click();
  const sheet = dialog.frameLocator("iframe");
  await sheet.getByRole("heading", { name: "密钥备份" }).waitFor();
  await sheet.getByText(DISTRICT).first().waitFor();
  await dialog.getByRole("button", { name: "完成" }).click();
  await own(district).getByText("密钥还没有备份").waitFor({ state: "detached" });
});

test("keys.json lost: the ledger works, the exchange says what to do, and the copy brings the key back", async () => {
  const { page } = district;
  const before = await fingerprint(district);
  rmSync(join(district.dataFolder, "keys.json"));
  await restart(district);
  await page.getByText("找不到本单位的密钥文件，不能导出和导入").waitFor();
  await page.getByRole("link", { name: "去处理" }).click();
  await own(district).getByText("找不到密钥文件 keys.json").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await own(district).getByRole("button", { name: "恢复密钥备份" }).click();
  const dialog = page.getByRole("dialog", { name: "恢复密钥备份" });
  const copy = readdirSync(stick).find((name) => name.endsWith(".age")) ?? "";
  await dialog.locator("input[type=file]").setInputFiles(join(stick, copy));
  await dialog.getByLabel("口令", { exact: true }).fill("not this one at all");
  await dialog.getByRole("button", { name: "恢复", exact: true }).click();
  await dialog.getByRole("alert").getByText("口令不对").waitFor();
  await dialog.getByLabel("口令", { exact: true }).fill(PASSPHRASE);
  await dialog.getByRole("button", { name: "恢复", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => fingerprint(district)).toBe(before);
});

test("a replaced key travels in the next bundle, and the copy counts no longer", async () => {
  const { page } = district;
  const before = await fingerprint(district);
  await own(district).getByRole("button", { name: "更换密钥" }).click();
  await page.getByRole("dialog", { name: "更换密钥" }).getByRole("button", { name: "更换", exact: true }).click();
  await own(district).getByText("现用的密钥还没有备份").waitFor();
  const next = await fingerprint(district);
  expect(next).not.toBe(before);
  await page
    .getByRole("row", { name: new RegExp(CITY) })
    .getByText("随下一个同步包换用")
    .waitFor();
  const report = await importBundle(city, await exportBundle(district, CITY, stick));
  await report.getByText(`${DISTRICT}已更换密钥`).waitFor();
  await openKeys(city);
  await city.page
    .getByRole("row", { name: new RegExp(DISTRICT) })
    .getByText(next ?? "")
    .waitFor();
});

test("revoked and joined again: what the district had not handed over is still there and arrives", async () => {
  const { page } = city;
  await page.getByRole("button", { name: `挂失${DISTRICT}的密钥` }).click();
  const dialog = page.getByRole("dialog", { name: `挂失${DISTRICT}的密钥` });
  await dialog.getByRole("combobox", { name: "挂失原因" }).click();
  await page.getByRole("option", { name: "电脑损坏或重装" }).click();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "挂失", exact: true }).click();
  await page.getByRole("table", { name: "挂失名单" }).getByText("电脑损坏或重装（张示例）").first().waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  const refused = await importBundle(city, await exportBundle(district, CITY, stick));
  await refused.getByText("已停用（挂失）").waitFor();

  writeFileSync(
    join(district.dataFolder, "keys.json"),
    readFileSync(join(district.dataFolder, "keys.json")).subarray(0, 99),
  );
  await restart(district);
  await openKeys(district);
  await own(district).getByText("密钥文件 keys.json 已损坏").waitFor();
  const invitation = await invite(city, DISTRICT, stick);
  await own(district).getByRole("button", { name: "导入上级的邀请文件" }).click();
  const rejoin = district.page.getByRole("dialog", { name: "导入上级的邀请文件" });
  await rejoin.locator("input[type=file]").setInputFiles(invitation.path);
  await expect.poll(() => rejoin.locator("code").textContent()).toBe(invitation.fingerprint);
  await rejoin.getByRole("checkbox").check();
  const request = await download(district.page, stick, () => rejoin.getByRole("button", { name: "重新加入" }).click());
  await rejoin.getByText("加入申请文件").waitFor();
  const shown = await rejoin.locator("code").textContent();
  expect(await seriousFindings(district.page)).toEqual([]);
  await rejoin.getByRole("button", { name: "完成" }).click();
  expect(await admit(city, request)).toBe(shown);
  const back = await importBundle(district, await exportBundle(city, DISTRICT, stick));
  await expect.poll(() => back.textContent()).not.toContain("没有导入");
  await district.page.getByText("加入手续还差一步").waitFor({ state: "detached" });
  const report = await importBundle(city, await exportBundle(district, CITY, stick));
  await expect.poll(() => report.textContent()).toContain(`${DISTRICT}第`);
});

test("the city loses its keys without a copy: new ones, one file for the district, and the exchange goes on", async () => {
  const { page } = city;
  rmSync(join(city.dataFolder, "keys.json"));
  await restart(city);
  await openKeys(city);
  await own(city).getByRole("button", { name: "生成新密钥" }).click();
  await page.getByRole("dialog", { name: "生成新密钥" }).getByRole("button", { name: "生成", exact: true }).click();
  await own(city).getByText("密钥还没有备份").waitFor();
  const made = await fingerprint(city);
  const refused = await importBundle(district, await exportBundle(city, DISTRICT, stick));
  await refused.getByText("不是用“大连市发展改革委”登记的密钥签名的").waitFor();

  await openKeys(city);
  await page.getByRole("button", { name: "重新建立联系" }).click();
  const dialog = page.getByRole("dialog", { name: `与${DISTRICT}重新建立联系` });
  const renewal = await download(page, stick, () => dialog.getByRole("button", { name: "生成重新联系文件" }).click());
  await dialog.getByText("打电话核对").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "知道了" }).click();

  await openKeys(district);
  await own(district).getByRole("button", { name: "导入上级的邀请文件" }).click();
  const rejoin = district.page.getByRole("dialog", { name: "导入上级的邀请文件" });
  await rejoin.locator("input[type=file]").setInputFiles(renewal);
  await rejoin.getByText("上级的密钥是新的").waitFor();
  await expect.poll(() => rejoin.locator("code").textContent()).toBe(made);
  await rejoin.getByRole("checkbox").check();
  await rejoin.getByRole("button", { name: "重新建立联系" }).click();
  await rejoin.getByText("已换用大连市发展改革委的新密钥").waitFor();
  await rejoin.getByRole("button", { name: "完成" }).click();
  const there = await importBundle(district, await exportBundle(city, DISTRICT, stick));
  await expect.poll(() => there.textContent()).toContain("导入完成");
  const back = await importBundle(city, await exportBundle(district, CITY, stick));
  await expect.poll(() => back.textContent()).toContain("导入完成");
  await openKeys(city);
  await page.getByText("用的是现在的密钥").waitFor();
});
