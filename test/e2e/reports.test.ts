import { expect, test } from "vitest";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);

const go = (path: string) => program.open(path);
/** The month's grid with nothing entered; the keys go to its first row, 实际完成投资. */
const openGrid = async (search = "month=2026-11&state=due") => {
  await go(`/reports?${search}`);
  await program.page.getByRole("table", { name: "2026-11 月报" }).locator("tbody tr").nth(4).waitFor();
};
const cell = (row: number, column: number) => program.page.locator(`[data-cell="${row} ${column}"]`);
const press = async (...keys: string[]) => {
  for (const key of keys) await program.page.keyboard.press(key);
};
/** Puts a block on the clipboard as a spreadsheet does, and presses nothing. */
const paste = (text: string) =>
  program.page.evaluate(
    `(() => {
      const data = new DataTransfer();
      data.setData("text/plain", ${JSON.stringify(text)});
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    })()`,
  );

test("three projects are filled in, saved and sent up without a mouse; Ctrl+Z takes the last act back", async () => {
  const { page } = program;
  await openGrid();
  await page.keyboard.type("120");
  await press("Enter");
  await page.keyboard.type("1.5亿");
  await press("Tab");
  await page.keyboard.type("主体施工");
  await press("Enter");
  // Enter after a run of Tab returns to the column where the run began.
  await page.keyboard.type("80");
  await press("Enter");
  await page.getByText("4 格还没有保存（蓝角）").waitFor();
  await expect.poll(() => cell(1, 2).innerText()).toBe("15,000");
  await press("Control+s");
  await page.getByText("已保存 3 个项目的月报。").waitFor();
  await press("Control+Home", "ArrowRight", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowDown", "F8");
  await page.getByText("已上报 3 个项目的月报。").waitFor();
  await press("Control+z");
  await page.getByText("已撤销。").waitFor();
  await expect.poll(() => cell(0, 2).innerText()).toBe("120");
});

test("a pasted block with a bad cell saves nothing until it is put right", async () => {
  const { page } = program;
  await openGrid("month=2026-11&state=due&search=dl");
  await paste('900\t"地基""处理""\n完成"\r\n约800\t封顶\r\n');
  await page.getByText("▲ 1 格不正确，全部改正后才能保存").waitFor();
  await press("Control+s");
  await page.getByText(/有 1 格不正确（红字）.*现在什么都没有保存/).waitFor();
  await press("ArrowDown");
  await page.getByText("不是一个准确的金额").waitFor();
  await page.keyboard.type("800");
  await press("Enter", "Control+s");
  await page.getByText("已保存 2 个项目的月报。").waitFor();
  expect((await cell(0, 3).innerText()).replaceAll(/\s/g, "")).toBe('地基"处理"完成');
  // Copied again, the rectangle reads the same.
  await press("ArrowUp", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown");
  const copied = await page.evaluate(
    `new Promise((resolve) => {
      const data = new DataTransfer();
      const event = new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(event);
      resolve(data.getData("text/plain"));
    })`,
  );
  expect(copied).toBe('900\t"地基""处理""\n完成"\r\n800\t封顶');
});

test("rows pasted with project names find their projects wherever they stand; others are named", async () => {
  const { page } = program;
  await openGrid();
  const names = await Promise.all([3, 1].map((row) => cell(row, 0).innerText()));
  await press("ArrowLeft", "ArrowLeft");
  await paste(`项目名称\t实际完成投资（亿元）\r\n${names[0]}\t0.03\r\n${names[1]}\t0.02\r\n没有的项目\t1\r\n`);
  const dialog = page.getByRole("dialog", { name: "按名称对上 2 个项目，1 个没有对上" });
  await dialog.getByText("没有的项目：台账里没有这个项目").waitFor();
  await dialog.getByRole("button", { name: "知道了" }).click();
  await page.getByText("只看 2 个项目，点击看全部").waitFor();
  await expect
    .poll(async () => new Set([await cell(0, 2).innerText(), await cell(1, 2).innerText()]))
    .toEqual(new Set(["300", "200"]));
  await page.getByRole("button", { name: "全部放弃" }).click();
  await page.getByRole("button", { name: /^只看 2 个项目/ }).click();
});

test("an input method composes in the cell: its Enter enters nothing, the next one does", async () => {
  const { page } = program;
  await openGrid("month=2026-11&state=due&search=gang");
  await press("ArrowRight");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "zhuti", selectionStart: 5, selectionEnd: 5 });
  await page.keyboard.press("Enter");
  await expect.poll(() => page.getByText(/格还没有保存/).count()).toBe(0);
  await session.send("Input.insertText", { text: "主体封顶" });
  await press("Enter");
  await page.getByText("1 格还没有保存（蓝角）").waitFor();
  await expect.poll(() => cell(0, 3).innerText()).toContain("主体封顶");
  await press("Control+z");
  await expect.poll(() => page.getByText(/格还没有保存/).count()).toBe(0);
});

test("F2, Esc, Delete, fill down and the words of the month before", async () => {
  const { page } = program;
  await openGrid("month=2026-11&state=due");
  await page.keyboard.type("5");
  await press("Escape");
  await expect.poll(() => page.getByText(/格还没有保存/).count()).toBe(0);
  await page.keyboard.type("7");
  await press("Enter", "ArrowUp", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d");
  await page.getByText("3 格还没有保存（蓝角）").waitFor();
  await expect.poll(() => cell(2, 2).innerText()).toBe("7");
  await press("Delete");
  await press("Control+z", "Control+z", "Control+z");
  await expect.poll(() => page.getByText(/格还没有保存/).count()).toBe(0);
  await press("Control+a", "F9");
  await page.getByText(/已填入上月形象进度 \d+ 个/).waitFor();
  await page.getByRole("button", { name: "全部放弃" }).click();
});

test("leaving with unsaved cells asks first", async () => {
  const { page } = program;
  await openGrid();
  await page.keyboard.type("5");
  await press("Enter");
  await page.getByRole("navigation").getByRole("link", { name: /^走访/ }).click();
  const dialog = page.getByRole("dialog", { name: "还没有保存" });
  await dialog.getByRole("button", { name: "取消" }).click();
  await page.getByText("1 格还没有保存（蓝角）").waitFor();
  await page.getByRole("navigation").getByRole("link", { name: /^走访/ }).click();
  await dialog.getByRole("button", { name: "不保存，离开" }).click();
  await page.getByRole("heading", { name: "走访" }).waitFor();
});

test("reports are given back with a reason that the clerk sees, and approved together", async () => {
  const { page } = program;
  await openGrid("month=2026-11&state=submitted");
  await page.getByRole("button", { name: "退回", exact: true }).click();
  await page.getByLabel("退回原因").fill("金额与形象进度不符");
  await page.getByRole("dialog").getByRole("button", { name: "退回" }).click();
  await page.getByText("已退回 1 份月报。").waitFor();
  await page
    .locator("section")
    .getByRole("button", { name: /^被退回 1$/ })
    .click();
  await page.getByText("退回：金额与形象进度不符").waitFor();
  await page.getByRole("button", { name: /^待审核/ }).click();
  await cell(1, 2).click();
  await press("Control+a");
  await page.getByRole("button", { name: "审核通过", exact: true }).click();
  await page.getByText(/已审核通过 \d+ 份月报。/).waitFor();
  await page.getByRole("button", { name: "待审核 0" }).waitFor();
});

test("an annual plan is entered, spread and checked against the months on the project's page", async () => {
  const { page } = program;
  await go("/projects?create=true");
  await page.getByLabel("项目名称").fill("连心示例计划项目");
  await page.getByRole("button", { name: "新建", exact: true }).click();
  await page.getByRole("heading", { name: "连心示例计划项目" }).waitFor();
  await page.getByRole("tab", { name: "计划与投资" }).click();
  await page.getByRole("button", { name: "填写年度计划" }).click();
  await page.getByRole("textbox", { name: "年度计划投资" }).fill("1000");
  await page.getByRole("dialog").getByRole("button", { name: "保存", exact: true }).click();
  await page.getByText("0 万元，比年度计划少，差 1,000 万元").waitFor();
  await page.getByRole("button", { name: "平均分到各月" }).click();
  await page.getByText("1,000 万元，与年度计划一致").waitFor();
  await page.getByRole("button", { name: "2026-11", exact: true }).click();
  await page.getByLabel("形象进度", { exact: true }).fill("主体封顶");
  await page.getByRole("button", { name: "保存并上报" }).click();
  await page.getByText("月报已保存并上报。").waitFor();
  await page.getByRole("row", { name: /2026-11.*主体封顶.*上报/ }).waitFor();
});

test("of an address that is partly wrong the rest is kept; one that leads nowhere shows the way back", async () => {
  const { page } = program;
  await go("/reports?tab=funds&month=2026-99&year=2026");
  await page.getByRole("table", { name: "资金" }).waitFor();
  await page.getByRole("tab", { name: "填报与审核" }).click();
  await page.getByRole("table", { name: "2026-11 月报" }).waitFor();
  await go("/projects/unknown");
  await page.getByRole("alert").filter({ hasText: "找不到这条项目" }).waitFor();
  await page.getByRole("link", { name: "回到项目台账" }).click();
  await page.getByRole("heading", { name: "项目台账" }).waitFor();
});

test("资金 and 投资进度 print as they are seen", async () => {
  const { page } = program;
  await go("/reports?tab=investment&month=2026-10");
  await page.getByRole("table", { name: "各地区投资进度" }).waitFor();
  await page.getByRole("link", { name: "打印本表" }).click();
  await page.frameLocator("iframe").getByRole("heading", { name: "各地区投资进度" }).waitFor();
  await page.frameLocator("iframe").getByText("条件：2026年1—10月").waitFor();
});

test.each([
  ["light", "/reports"],
  ["dark", "/reports?month=2026-10&state=returned"],
  ["light", "/reports?tab=investment"],
  ["dark", "/reports?tab=funds"],
  ["light", "/reports?tab=stats"],
] as const)("no serious accessibility finding: %s, %s", async (colorScheme, path) => {
  const { page } = program;
  await page.emulateMedia({ colorScheme });
  await go(path);
  await page.getByRole("row").nth(2).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});
