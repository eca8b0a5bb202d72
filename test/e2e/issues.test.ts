/** One problem of a street's project through district and city and back, as clicks in three programs, bundles in between. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { pdfText } from "../sheets/pdf.ts";
import { carry, createProject, download, go, plugStick } from "./clerk.ts";
import { openOffice, type Program, seriousFindings } from "./harness.ts";

const PROJECT = "示例预制菜加工基地";
const TITLE = "厂区外供水管网尚未接入";

let city: Program;
let district: Program;
let street: Program;
let stick: string;

beforeAll(async () => {
  stick = plugStick();
  [city, district, street] = await Promise.all([openOffice("city"), openOffice("district"), openOffice("street")]);
});
afterAll(async () => {
  for (const program of [city, district, street]) {
    expect(program.problems).toEqual([]);
    await program.close();
  }
  vi.unstubAllEnvs();
  rmSync(dirname(stick), { recursive: true, force: true });
});

const up = async () => {
  await carry(street, district, stick);
  await carry(district, city, stick);
};
const down = async () => {
  await carry(city, district, stick);
  await carry(district, street, stick);
};

/** Closes the problem's drawer, so that the menu is in reach. */
async function close({ page }: Program) {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** The problem's drawer, opened from a list of the page 问题. */
async function openIssue({ page }: Program, list = "问题清单") {
  await go(page, "工作台");
  await go(page, "问题");
  await page.getByRole("tab", { name: new RegExp(`^${list}`) }).click();
  await page.getByRole("button", { name: TITLE }).click();
  return page.getByRole("dialog", { name: TITLE });
}

async function act(page: Page, button: string, words: string, more: Record<string, string> = {}) {
  const drawer = page.getByRole("dialog", { name: TITLE });
  await drawer.getByRole("button", { name: button, exact: true }).click();
  const form = page.getByRole("dialog", { name: button, exact: true });
  for (const [label, value] of Object.entries(more)) await form.getByLabel(label).fill(value);
  await form.locator("textarea:visible").fill(words);
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
}

test("on a project's page a problem is raised with its words and two shortcuts", async () => {
  const { page } = street;
  await createProject(street, PROJECT);
  await page.keyboard.press("i");
  await page.locator("input:focus").waitFor();
  await page.keyboard.type(TITLE);
  await page.keyboard.press("Control+Enter");
  await page.getByText("问题已提出。").waitFor();
  await page.getByRole("tab", { name: "问题 1" }).click();
  const row = page.getByRole("row", { name: new RegExp(TITLE) });
  await row.getByText("办理中").waitFor();
  await page.getByText("1 个问题未销号").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});

test("the street hands it to its district, which raises it to the city", async () => {
  const drawer = await openIssue(street);
  await expect.poll(() => drawer.textContent()).toContain("市政管网配套");
  await act(street.page, "上报区市县", "街道协调不了");
  await drawer.getByText("等待各地区答复，由区市县/先导区办理。").waitFor();
  await close(street);
  await up();
  await openIssue(district, "待我答复");
  await act(district.page, "上报分管副市长", "涉及市政主干管网");
  await close(district);
  await carry(district, city, stick);
});

test("the city takes it up the two levels left, answers, and puts it on its board; the card is printed without a seal", async () => {
  const { page } = city;
  await go(page, "工作台");
  await page.getByRole("region", { name: "问题" }).getByText("分管副市长待答复").waitFor();
  const drawer = await openIssue(city, "待我答复");
  expect(await seriousFindings(page, '[role="dialog"]')).toEqual([]);
  await act(page, "上报常务副市长", "跨两个区，需统一管线走向");
  await act(page, "上报市政府主要领导", "影响重特大项目投产");
  await drawer.getByText("等待市政府主要领导答复", { exact: false }).waitFor();
  await act(page, "答复", "由市水务集团本月接入", { 承办单位: "市水务集团（示例）", 办理期限: "20991231" });
  await act(page, "挂牌督办", "每周报告进展", { 督办领导或单位: "市政府督考办（示例）" });
  await drawer.getByText("督办", { exact: true }).waitFor();
  await drawer.getByRole("link", { name: "挂牌督办单" }).click();
  await page.frameLocator("iframe").getByText("项目问题挂牌督办单").waitFor();
  const card = pdfText(await download(page, stick, () => page.getByRole("button", { name: "保存PDF" }).click()));
  for (const text of [TITLE, "市政府督考办（示例）", "市水务集团（示例）", "2099年12月31日", "每周报告进展", "盖章"]) {
    expect(card.includes(text), text).toBe(true);
  }
  await down();
});

test("the street reads the answer, follows up, and reports that the owner was not answered yet", async () => {
  const { page } = street;
  const drawer = await openIssue(street);
  await drawer.getByText("由市水务集团本月接入").waitFor();
  await expect.poll(() => drawer.getByRole("button", { name: "已解决" }).count()).toBe(0);
  await page.keyboard.type("管道已敷设");
  await page.keyboard.press("Control+Enter");
  await drawer.getByRole("list", { name: "办理过程" }).getByText("管道已敷设").waitFor();
  await close(street);
  await carry(street, district, stick);
  const solved = await openIssue(district);
  await act(district.page, "已解决", "已通水");
  await solved.getByText("下一步：向业主回音").waitFor();
  await expect.poll(() => solved.getByRole("button", { name: "销号" }).count()).toBe(0);
  await close(district);
  await carry(district, street, stick);
});

test("with the owner's answer the city closes it, and all three tell the same story", async () => {
  await openIssue(street);
  await act(street.page, "业主回音", "已正常供水，满意");
  await close(street);
  await up();
  await openIssue(city);
  await act(city.page, "销号", "");
  await close(city);
  await down();
  const stories: (string | null)[] = [];
  for (const program of [street, district, city]) {
    const drawer = await openIssue(program, "已销号");
    const story = drawer.getByRole("list", { name: "办理过程" });
    await story.getByText("销号", { exact: true }).waitFor();
    stories.push(await story.textContent());
    await close(program);
  }
  expect(new Set(stories).size).toBe(1);
  await city.page.getByRole("button", { name: "办理情况" }).click();
  const figures = city.page.getByRole("dialog", { name: "问题办理情况" });
  await figures.getByRole("row", { name: /合计.*100\.0%/ }).waitFor();
  await expect.poll(() => figures.getByRole("definition").allInnerTexts()).toContain("100.0%");
  expect(await seriousFindings(city.page, '[role="dialog"]')).toEqual([]);
  await close(city);
  for (const leader of ["分管副市长", "常务副市长", "市政府主要领导"]) expect(stories[0]).toContain(leader);
  for (const step of ["上报上一级", "答复", "挂牌督办", "跟进", "解决", "业主回音", "销号"]) {
    expect(stories[0]).toContain(step);
  }
});

test("the month's follow-ups are typed line by line and saved together", async () => {
  const { page } = district;
  for (const title of ["施工许可证补正", "进场道路占道"]) {
    await go(page, "项目台账");
    await page.getByRole("button", { name: PROJECT }).click();
    await page.getByRole("heading", { name: PROJECT }).waitFor();
    await page.keyboard.press("i");
    await page.locator("input:focus").waitFor();
    await page.keyboard.type(title);
    const dialog = page.getByRole("dialog", { name: "提出问题" });
    await dialog.getByLabel("发现日期").fill("20260105");
    await page.keyboard.press("Control+Enter");
    await dialog.waitFor({ state: "detached" });
  }
  await go(page, "问题");
  await page.getByRole("tab", { name: "待跟进 2" }).click();
  await page
    .getByRole("textbox", { name: /^本月进展/ })
    .first()
    .click();
  await page.keyboard.type("已补正");
  await page.keyboard.press("Enter");
  await page.keyboard.type("已协调");
  await page.keyboard.press("Control+Enter");
  await page.getByText("已跟进 2 个问题。").waitFor();
  await page.getByText("没有待跟进的问题").waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});
