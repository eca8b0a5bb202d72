/** 手续, 模板, 倒排工期 and 顺延 as clicks and keys on the page. */
import { beforeEach, expect, test } from "vitest";
import { openNewProject } from "./clerk.ts";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);
let made = 0;
let name: string;

/** Every test works on a project of its own. */
beforeEach(async () => {
  made += 1;
  name = `手续示例项目${made}`;
  await openNewProject(program, name);
});

const go = (path: string) => program.open(path);
const tab = (label: RegExp) => program.page.getByRole("tab", { name: label }).click();
const dialog = () => program.page.getByRole("dialog");
const said = (words: string | RegExp) => program.page.getByRole("alert").filter({ hasText: words });
const rows = (table: string) => program.page.getByRole("table", { name: table, exact: true }).locator("tbody tr");

async function makePermits(template: string) {
  const { page } = program;
  await tab(/^手续/);
  await page.getByRole("button", { name: "按模板建立" }).click();
  await page.getByRole("combobox", { name: "模板" }).click();
  await page.getByRole("option", { name: new RegExp(template) }).click();
  await dialog()
    .getByRole("button", { name: /建立 \d+ 项手续/ })
    .click();
  await dialog().waitFor({ state: "detached" });
}

test("from the list to the certificate: made from a template, applied, obtained, done again, printed", async () => {
  const { page } = program;
  await makePermits("演示：工业项目手续");
  await page.getByText("四证 0/4").waitFor();
  await page.getByRole("tab", { name: "手续 0/12" }).waitFor();
  await expect.poll(() => rows("手续").count()).toBe(12);

  const first = rows("手续").filter({ hasText: "立项" });
  await first.getByRole("button", { name: "今日申报" }).click();
  await first.getByText("办理中").waitFor();
  await first.getByRole("button", { name: "今日办结" }).click();
  await first.getByText("已办结").waitFor();
  await page.getByText("12项要件 1/12").waitFor();

  await first.getByRole("button", { name: /^立项/ }).click();
  await dialog().getByLabel("证号").fill("演示字第2026号");
  await dialog().getByLabel("容缺补齐期限").fill("20261120");
  await page.keyboard.press("Control+Enter");
  await first.getByText("容缺，2026-11-20 已到期").waitFor();
  await page.getByText("12项要件 1/12（容缺 1）").waitFor();

  await first.getByRole("button", { name: "重做" }).click();
  await dialog().getByLabel("重做原因").fill("建设单位更名");
  await dialog().getByRole("button", { name: "开始重做" }).click();
  await first.getByText("重做原因：建设单位更名").waitFor();
  await page.getByText("12项要件 0/12").waitFor();
  await first.getByRole("button", { name: /重做过 1 次/ }).click();
  await first.getByText(/证号 演示字第2026号/).waitFor();

  await page.getByRole("link", { name: "打印", exact: true }).last().click();
  const sheet = page.frameLocator("iframe");
  await sheet.getByText(name).first().waitFor();
  await sheet.getByText("（已重做）立项（备案、核准）").waitFor();
});

test("one undo takes back a whole list; what the project already has is not made again", async () => {
  const { page } = program;
  await makePermits("示例：常见手续");
  await page.getByText("四证 未设定").waitFor();
  await said("已建立 10 项手续").getByRole("button", { name: "撤销" }).click();
  await page.getByText("还没有手续清单").waitFor();

  await page.getByRole("button", { name: "登记手续" }).click();
  await dialog().getByLabel("手续名称").fill("林地手续");
  await page.keyboard.press("Control+Enter");
  await rows("手续").filter({ hasText: "林地手续" }).waitFor();
  await page.getByRole("button", { name: "按模板建立" }).click();
  await page.getByRole("combobox", { name: "模板" }).click();
  await page.getByRole("option", { name: /示例：常见手续/ }).click();
  await dialog().getByText("本程序的示例，不是文件规定", { exact: false }).first().waitFor();
  await dialog().getByText("已有", { exact: true }).waitFor();
  await dialog().getByRole("button", { name: "建立 9 项手续" }).click();
  await expect.poll(() => rows("手续").count()).toBe(10);
});

test("the workbench counts what is late, the overview lists just those projects and leads to them", async () => {
  const { page } = program;
  await go("/");
  const figure = page.getByRole("link", { name: /^手续逾期/ });
  await expect.poll(async () => figure.innerText()).toMatch(/\d+$/);
  const count = /\d+$/.exec(await figure.innerText())?.[0];
  await figure.click();
  await page.getByText(`共 ${count} 个项目`).waitFor();
  await expect.poll(() => page.getByRole("button", { name: "逾期未办结" }).getAttribute("aria-pressed")).toBe("true");
  await page.locator("tbody button").first().click();
  await page
    .getByText(/逾期 \d+ 天/)
    .first()
    .waitFor();
  await page.goBack();
  await page.getByText(`共 ${count} 个项目`).waitFor();
  await page.getByRole("button", { name: "办理用时" }).click();
  await dialog().getByText(/快 \d/).first().waitFor();
});

test("the city makes a template by keyboard: Enter adds an item, Alt+↑ moves it, Ctrl+Enter saves", async () => {
  const { page } = program;
  await go("/offices?tab=templates");
  await page.getByRole("button", { name: "新建模板" }).click();
  await page.getByRole("menuitem", { name: "倒排工期" }).click();
  await page.getByLabel("模板名称").fill(`示例工期${made}`);
  const names = dialog().getByRole("textbox", { name: "节点名称" });
  await names.first().fill("开工准备");
  await page.keyboard.press("Enter");
  await page.keyboard.type("场地移交");
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(() => names.first().inputValue()).toBe("场地移交");
  await page.getByLabel("“场地移交”在完工前多少天").fill("40");
  await page.keyboard.press("Control+Enter");
  await said("模板已保存").waitFor();
  await dialog().waitFor({ state: "detached" });
  await page.getByRole("button", { name: `示例工期${made}` }).click();
  await expect.poll(() => names.first().inputValue()).toBe("场地移交");
  await dialog().getByRole("button", { name: "取消" }).click();

  await page
    .getByRole("row", { name: /示例：常见手续/ })
    .getByRole("button", { name: "复制" })
    .click();
  await dialog().getByText("没有文件规定", { exact: false }).first().waitFor();
  await dialog().getByRole("checkbox", { name: "四证" }).nth(1).check();
  await page.getByLabel("模板名称").fill(`示例清单${made}`);
  await dialog().getByRole("button", { name: "保存" }).click();
  await page.getByRole("row", { name: new RegExp(`示例清单${made}.*四证 1`) }).waitFor();
});

test("nodes are planned backwards, looked through, made and shifted; undo restores the days", async () => {
  const { page } = program;
  await page.getByRole("button", { name: "倒排工期" }).click();
  await page.getByLabel("完工日期").fill("2029-06-30");
  const plan = rows("倒排出的节点");
  await expect.poll(() => plan.count()).toBe(9);
  const day = (node: string) => page.getByLabel(`“${node}”的计划完成日期`);
  await expect.poll(() => day("投产运营").inputValue()).toBe("2029-06-30");
  await expect.poll(() => day("正式开工").inputValue()).toBe("2028-05-06");
  await day("项目立项").fill("2020-01-01");
  await plan.filter({ hasText: "项目立项" }).getByText("日期已过").waitFor();
  await page.getByRole("combobox", { name: "“项目立项”的处理" }).click();
  await page.getByRole("option", { name: "不动" }).click();
  await dialog().getByRole("button", { name: "建立 8 个节点计划" }).click();
  await expect.poll(() => rows("节点").count()).toBe(8);

  await rows("节点").filter({ hasText: "竣工验收" }).getByRole("button", { name: "顺延" }).click();
  await page.getByLabel("顺延多少天").fill("20");
  await expect.poll(() => page.getByLabel("或者改到哪一天").inputValue()).toBe("2029-06-20");
  await expect
    .poll(() => rows("顺延后的日期").allInnerTexts())
    .toEqual([
      expect.stringMatching(/竣工验收\s+2029-05-31\s+2029-06-20/),
      expect.stringMatching(/投产运营\s+2029-06-30\s+2029-07-20/),
    ]);
  await page.keyboard.press("Enter");
  await rows("节点").filter({ hasText: "计划 2029-07-20" }).waitFor();
  await said("已调整 2 个节点").getByRole("button", { name: "撤销" }).click();
  await rows("节点").filter({ hasText: "计划 2029-06-30" }).waitFor();
});

test.each([
  ["light", "/permits?condition=open"],
  ["dark", "/offices?tab=templates"],
  ["dark", "/permits?condition=deficient"],
] as const)("no serious accessibility finding: %s, %s", async (colorScheme, path) => {
  const { page } = program;
  await page.emulateMedia({ colorScheme });
  await go(path);
  await page.getByText(/^共 \d+ 个/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.locator("tbody button").first().click();
  await page.getByText(/四证/).first().waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});
