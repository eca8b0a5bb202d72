/** How many keys the frequent acts take, without a mouse; the table stands in src-renderer/README.md. */
import { expect, test } from "vitest";
import { inFrontOf, openDemo } from "./harness.ts";
import { keyCounter } from "./key-counter.ts";

const program = inFrontOf(openDemo);

async function atWorkbench() {
  const { page } = program;
  await page.goto(`${program.origin}/#/`);
  await page.getByRole("heading", { name: "工作台" }).waitFor();
  return keyCounter(page);
}
async function openFirstProject() {
  const { page } = program;
  await program.open("/projects");
  await page.getByText(/共 \d+ 个项目/).waitFor();
  await page.locator("tbody button").first().click();
  await page.getByRole("tab").first().waitFor();
}
const palette = () => program.page.getByRole("dialog", { name: "查找" });
const firstOption = () => palette().getByRole("option").first().innerText();

test("find a project by pinyin initials: nine keys", async () => {
  const keys = await atWorkbench();
  await keys.press("Control+k");
  await palette().locator("input:focus").waitFor();
  await keys.type("dldt5hx");
  await expect.poll(firstOption).toContain("大连地铁5号线");
  await keys.press("Enter");
  await program.page.getByRole("heading", { name: /大连地铁5号线/ }).waitFor();
  keys.took(9);
});

test("complete a node and send it up: seven keys from anywhere", async () => {
  const { page } = program;
  const keys = await atWorkbench();
  await keys.press("Control+k");
  await palette().locator("input:focus").waitFor();
  await keys.type("jd");
  await expect.poll(firstOption).toBe("节点");
  await keys.press("Enter");
  await page.getByText(/^共 \d+ 个节点$/).waitFor();
  await page.locator("tbody tr button").first().waitFor();
  await keys.press("ArrowDown", "Enter");
  await page.getByRole("dialog").getByRole("button", { name: "保存并上报" }).waitFor();
  await keys.press("Control+Enter");
  await page.getByText("已保存并上报。").waitFor();
  keys.took(7);
});

test("record a visit on the project's page: five keys beside the words", async () => {
  const { page } = program;
  await openFirstProject();
  const keys = keyCounter(page);
  await keys.press("v");
  const form = page.getByRole("dialog", { name: "记录走访" });
  await expect.poll(() => form.locator("input:checked:focus").count()).toBe(1);
  await keys.press("Tab", "Tab");
  await form.getByLabel("了解到的情况").and(page.locator(":focus")).waitFor();
  await keys.words("围挡已完成");
  await keys.press("Control+Enter");
  await page.getByRole("status").getByText("走访已保存").waitFor();
  await keys.press("Escape");
  keys.took(5);
});

test("record a visit from anywhere: seventeen keys beside the words", async () => {
  const { page } = program;
  const keys = await atWorkbench();
  await keys.press("v");
  await page.locator("input[role=combobox]:focus").waitFor();
  await keys.type("dldt5hx");
  await page.getByRole("option", { name: /大连地铁5号线/ }).waitFor();
  await keys.press("ArrowDown", "Enter", "Tab", "Tab", "Tab", "Tab", "Tab");
  const form = page.getByRole("dialog", { name: "记录走访" });
  await form.getByLabel("了解到的情况").and(page.locator(":focus")).waitFor();
  await keys.words("轨道铺设正常");
  await keys.press("Control+Enter");
  await page.getByRole("status").getByText("走访已保存").waitFor();
  await keys.press("Escape");
  keys.took(17);
});

test("raise a problem on the project's page: two keys beside the words", async () => {
  const { page } = program;
  await openFirstProject();
  const keys = keyCounter(page);
  await keys.press("i");
  await page.getByRole("dialog", { name: "提出问题" }).locator("input:focus").waitFor();
  await keys.words("厂区外供水管网尚未接入");
  await keys.press("Control+Enter");
  await page.getByText("问题已提出。").waitFor();
  keys.took(2);
});

test("report a month for ten projects, sent up: 26 keys beside the figures", async () => {
  const { page } = program;
  const keys = await atWorkbench();
  await keys.press("Control+k");
  await palette().locator("input:focus").waitFor();
  await keys.type("yb");
  await expect.poll(firstOption).toBe("月报");
  await keys.press("Enter");
  await page.locator('[data-cell="9 2"]').waitFor();
  for (let row = 0; row < 10; row++) {
    await keys.words("120");
    await keys.press("Enter");
  }
  await page.getByText("10 格还没有保存（蓝角）").waitFor();
  await keys.press("Control+Home", ...Array.from({ length: 9 }, () => "Shift+ArrowDown"), "F9", "F8");
  await page.getByText("已上报 10 个项目的月报。").waitFor();
  const progress = await page.locator('[data-cell$=" 3"]').allInnerTexts();
  expect(progress.filter((words) => words !== "").length).toBeGreaterThan(0);
  keys.took(26);
});
