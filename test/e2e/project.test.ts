import { beforeEach, expect, test } from "vitest";
import { createProject, openNewProject } from "./clerk.ts";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);
let made = 0;
let name: string;

/** Every test works on a project of its own, made with nothing but its name. */
beforeEach(async () => {
  made += 1;
  name = `连心示例项目${made}`;
  await openNewProject(program, name);
});

const save = () => program.page.getByRole("dialog").getByRole("button", { name: "保存", exact: true }).click();
const tab = (label: string) => program.page.getByRole("tab", { name: new RegExp(label) }).click();

const undoOf = (message: string) =>
  program.page.getByRole("alert").filter({ hasText: message }).getByRole("button", { name: "撤销" });

test("a project with only a name is accepted and shows what its card lacks", async () => {
  const { page } = program;
  await createProject(program, `${name}（表单）`);
  await page.getByText("项目卡还缺").waitFor();
  await expect.poll(() => page.getByText("▲ 待补").count()).toBeGreaterThan(3);
});

test("an amount typed in 亿元 is stored in 万元; history names field, before, after and person", async () => {
  const { page } = program;
  await page.keyboard.press("e");
  await page.getByRole("textbox", { name: "总投资" }).fill("1.5亿");
  await page.getByText("= 15,000 万元").waitFor();
  await save();
  await page.getByText("15,000 万元（1.5 亿元）").waitFor();
  await tab("修改记录");
  const change = page.locator("dl > div", { hasText: "总投资" });
  await change.getByText("15,000 万元", { exact: true }).waitFor();
  await page
    .getByText(/张示例（.*演示.*）/)
    .first()
    .waitFor();
});

test("a day typed as 20261122 is read; a text that is no day is named and not saved", async () => {
  const { page } = program;
  await page.keyboard.press("e");
  await page.getByLabel("开工日期").fill("2026-13-40");
  await page.getByLabel("项目代码").focus();
  await page.getByText("应为日期，如").waitFor();
  await save();
  await page.getByText("有 1 处填写需要修改").waitFor();
  await page.getByLabel("开工日期").fill("20260310");
  await save();
  await page.getByRole("definition").getByText("2026-03-10").waitFor();
});

test("撤销 in the notification and Ctrl+Z take the last saving back", async () => {
  const { page } = program;
  await page.keyboard.press("e");
  await page.getByLabel("项目单位").fill("大连示例有限公司");
  await save();
  const owner = page.getByRole("definition").getByText("大连示例有限公司");
  await owner.waitFor();
  await undoOf("项目已保存。").click();
  await owner.waitFor({ state: "detached" });

  await page.keyboard.press("e");
  await page.getByLabel("项目单位").fill("大连样本有限公司");
  await save();
  const second = page.getByRole("definition").getByText("大连样本有限公司");
  await second.waitFor();
  await page.keyboard.press("Control+z");
  await second.waitFor({ state: "detached" });
  await expect.poll(() => undoOf("项目已保存。").count()).toBe(0);
});

test("a form with unsaved changes asks before it closes", async () => {
  const { page } = program;
  await page.keyboard.press("e");
  const form = page.getByRole("dialog", { name: "修改项目" });
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
  await page.keyboard.press("e");
  await page.getByLabel("项目单位").fill("大连示例有限公司");
  await page.keyboard.press("Escape");
  const question = page.getByRole("dialog", { name: "还没有保存" });
  await question.getByRole("button", { name: "取消" }).click();
  await expect.poll(() => page.getByLabel("项目单位").inputValue()).toBe("大连示例有限公司");
  await form.getByRole("button", { name: "取消" }).click();
  await question.getByRole("button", { name: "不保存，关闭" }).click();
  await form.waitFor({ state: "detached" });
  await page.keyboard.press("e");
  await expect.poll(() => page.getByLabel("项目单位").inputValue()).toBe("");
  await page.keyboard.press("Escape");
});

test("撤销 of a new project archives it", async () => {
  await createProject(program, `${name}（表单）`);
  await undoOf("项目已新建。").click();
  await program.page.getByText(/^已归档/).waitFor();
});

test("an archived project leaves the ledger, is read-only, and comes back", async () => {
  const { page } = program;
  await page.getByRole("button", { name: "归档" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "归档" }).click();
  await page.getByText(/^已归档/).waitFor();
  await expect.poll(() => page.getByRole("button", { name: "修改", exact: true }).isDisabled()).toBe(true);
  await page.getByRole("button", { name: "恢复" }).click();
  await page.getByRole("button", { name: "归档" }).waitFor();
});

test("a node is planned, completed, sent up, returned with a reason and approved", async () => {
  const { page } = program;
  await page.getByRole("button", { name: "新建节点" }).click();
  await page.getByLabel("节点名称").fill("取得施工许可证");
  await page.getByLabel("计划完成日期").fill("2026-01-15");
  await save();
  const row = page.getByRole("row", { name: /取得施工许可证/ });
  await row.getByText("红灯").waitFor();

  await row.getByRole("button", { name: "上报" }).click();
  await page.getByRole("dialog").getByLabel("实际完成日期").fill("2026-01-10");
  await page.getByRole("dialog").getByRole("button", { name: "保存并上报" }).click();
  await row.getByRole("button", { name: "退回" }).click();
  const dialog = page.getByRole("dialog");
  await expect.poll(() => dialog.getByRole("button", { name: "退回" }).isDisabled()).toBe(true);
  await dialog.getByLabel("退回原因").fill("请补充许可证编号");
  await dialog.getByRole("button", { name: "退回" }).click();
  await row.getByText("请补充许可证编号").waitFor();
  await row.getByRole("button", { name: "上报" }).click();
  await row.getByRole("button", { name: "审核通过" }).click();
  await row.getByRole("button", { name: "重新打开" }).waitFor();
  await row.getByText("绿灯").waitFor();
});

test("a secretary is assigned by pinyin, and the visit form starts with them", async () => {
  const { page } = program;
  await tab("服务秘书");
  await page.getByRole("button", { name: "安排服务秘书" }).click();
  await page.getByRole("dialog").getByLabel("服务秘书").fill("wys");
  await page
    .getByRole("option", { name: /王演示/ })
    .first()
    .click();
  await save();
  await page.getByRole("row", { name: /王演示/ }).waitFor();
  await tab("走访");
  await page.getByRole("button", { name: "记录走访" }).click();
  const dialog = page.getByRole("dialog");
  await expect.poll(() => dialog.getByLabel("服务秘书").inputValue()).toContain("王演示");
});

test("monthly progress shows the year's completion against the plan", async () => {
  const { page } = program;
  await page.keyboard.press("e");
  await page.getByRole("textbox", { name: "年度计划投资" }).fill("1000");
  await save();
  await tab("计划与投资");
  await page.getByText("1,000 万元，台账数").last().waitFor();
  await page.getByRole("button", { name: /^\d{4}-01$/ }).click();
  await page.getByRole("textbox", { name: "当月完成投资" }).fill("250");
  await save();
  await page.getByText("为年度计划的 25.0%").waitFor();
});

test("the project page and its tabs have no serious accessibility finding, light and dark", async () => {
  const { page } = program;
  await program.open("/projects");
  await page.getByRole("button", { name: "洋琪食品预制菜加工基地项目" }).click();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousFindings(page)).toEqual([]);
    for (const label of ["节点", "走访", "服务秘书", "计划与投资", "修改记录"]) {
      await tab(label);
      expect(await seriousFindings(page, '[role="tabpanel"]')).toEqual([]);
    }
  }
});
