/** How many keys the frequent acts take, without a mouse; the table stands in src-renderer/README.md. */
import { expect, test } from "vitest";
import { inFrontOf, openDemo } from "./harness.ts";

const program = inFrontOf(openDemo);

/** Presses keys and counts them; a letter typed is one. */
function keyboard() {
  const { page } = program;
  let count = 0;
  return {
    get count() {
      return count;
    },
    async press(...keys: string[]) {
      for (const key of keys) await page.keyboard.press(key);
      count += keys.length;
    },
    async type(text: string) {
      await page.keyboard.type(text);
      count += text.length;
    },
  };
}

async function atWorkbench() {
  const { page } = program;
  await page.goto(`${program.origin}/#/`);
  await page.getByRole("heading", { name: "工作台" }).waitFor();
  return keyboard();
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
  expect(keys.count).toBe(9);
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
  expect(keys.count).toBe(7);
});

test("record a visit on the project's page: five keys beside the words", async () => {
  const { page } = program;
  await page.goto(`${program.origin}/#/projects`);
  await page.getByText(/共 \d+ 个项目/).waitFor();
  await page.locator("tbody button").first().click();
  await page.getByRole("tab").first().waitFor();
  const keys = keyboard();
  await keys.press("v");
  const form = page.getByRole("dialog", { name: "记录走访" });
  await expect.poll(() => form.locator("input:checked:focus").count()).toBe(1);
  await keys.press("Tab", "Tab");
  await form.getByLabel("了解到的情况").and(page.locator(":focus")).waitFor();
  await page.keyboard.type("围挡已完成");
  await keys.press("Control+Enter");
  await page.getByRole("status").getByText("走访已保存").waitFor();
  await keys.press("Escape");
  expect(keys.count).toBe(5);
});
