import { expect, test } from "vitest";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);

const go = (path: string) => program.open(path);
const footer = (pattern: RegExp) => program.page.getByText(pattern).waitFor();
const count = async () => Number(/\d+/.exec(await program.page.getByText(/^共 \d+ 个节点$/).innerText())?.[0]);
const monthShown = () => program.page.getByRole("button", { name: /^月份/ });

test("the thresholds of the lights stand in view with their source", async () => {
  const { page } = program;
  await go("/nodes");
  await page.getByText("黄灯：节点到期前 7 天内尚未完成").waitFor();
  await page.getByRole("button", { name: "依据" }).click();
  await page
    .getByText(/文件未规定天数/)
    .first()
    .waitFor();
  await page.keyboard.press("Escape");
});

test("every threshold stands where it acts, and where it is not set the page says so", async () => {
  const { page } = program;
  const client = await program.client();
  const all = await client.projects.list({ filter: {}, offset: 0, limit: 1, asOf: "2026-11-22" });
  const at = async (path: string, text: RegExp) => {
    await go(path);
    await page.getByText(text).first().waitFor();
  };
  await at("/projects", /黄灯：节点到期前 7 天内尚未完成/);
  await at(`/projects/${all.rows[0]?.id}?tab=nodes`, /黄灯：节点到期前 7 天内尚未完成/);
  await at("/reports?state=due", /应报：.*在建；未填阶段的也算/);
  await at("/issues?view=silent", /天数未设定，按月.*以来没有办理记录/);
  await at("/visits?tab=missing", /30 天没有走访/);
  for (const key of ["light.yellowDaysBefore", "visit.overdueDays"]) {
    await client.settings.save({ key, value: null, source: "示例：暂不规定" });
  }
  await at("/projects", /到期前天数市级未设定，到期前不亮黄灯/);
  await at("/projects?unvisitedOnly=true", /走访天数未设定，没有项目算到期未走访/);
  await at("/visits?tab=missing", /走访天数未设定.*去设定/);
  await at("/", /走访天数未设定，不列待走访的项目/);
  await client.settings.save({ key: "light.yellowDaysBefore", value: 7, source: "" });
  await client.settings.save({ key: "visit.overdueDays", value: 30, source: "" });
});

test("arrow keys step through the months; what is overdue from before can be left out", async () => {
  const { page } = program;
  await go("/nodes?month=2026-10");
  await footer(/^共 [1-9]\d* 个节点$/);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => monthShown().innerText()).toBe("2026-09");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => monthShown().innerText()).toBe("2026-11");
  await page.getByText(/以前月份逾期未完成（\d+）/).waitFor();
  const all = await count();
  await page.getByLabel("含以前逾期").uncheck();
  await page.getByText(/以前月份逾期未完成/).waitFor({ state: "detached" });
  await expect.poll(count).toBeLessThan(all);
});

test("a light chosen shows only its nodes, and their number is the chip's", async () => {
  const { page } = program;
  await go("/nodes?month=2026-11&group=light");
  await footer(/^共 [1-9]\d* 个节点$/);
  const chip = page.getByRole("button", { name: /红灯/ }).first();
  const red = /\d+/.exec(await chip.innerText())?.[0];
  await chip.click();
  await page.getByText(`红灯（${red}）`).waitFor();
  await expect.poll(() => page.getByText(/^黄灯（/).count()).toBe(0);
});

test("a completion is entered and sent up with Ctrl+Enter, then approved together with others by Space", async () => {
  const { page } = program;
  await go("/nodes?month=2026-11");
  await page.getByRole("row").filter({ hasText: "草稿" }).first().getByRole("button").click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel("完成情况").fill("批复已取得");
  await page.keyboard.press("Control+Enter");
  await page.getByText("已保存并上报。").waitFor();
  await drawer.waitFor({ state: "detached" });

  await go("/nodes?tab=submitted");
  const before = await count();
  await page.locator("tbody button").first().focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.getByText("已选 2 个").waitFor();
  await page.getByRole("button", { name: "审核通过" }).click();
  await page.getByText("已审核通过 2 个节点。").waitFor();
  await expect.poll(count).toBe(before - 2);
});

test("returning asks for a reason, which the list of returned nodes shows", async () => {
  const { page } = program;
  await go("/nodes?tab=submitted");
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "退回", exact: true }).click();
  await page.getByLabel("退回原因").fill("请补充批复文号");
  await page.getByRole("dialog").getByRole("button", { name: "退回" }).click();
  await page.getByText("已退回 1 个节点。").waitFor();
  await page.getByRole("tab", { name: /被退回/ }).click();
  await page.getByRole("cell", { name: "请补充批复文号" }).waitFor();
});

test.each([
  ["light", "/nodes"],
  ["dark", "/nodes?tab=submitted"],
] as const)("no serious accessibility finding: %s, %s", async (colorScheme, path) => {
  const { page } = program;
  await page.emulateMedia({ colorScheme });
  await go(path);
  await footer(/^共 \d+ 个节点$/);
  expect(await seriousFindings(page)).toEqual([]);
});
