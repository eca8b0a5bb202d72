import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { landscape, maxMonths } from "#domain/paper.ts";
import { progressLayout, progressMargin } from "#sheets/progress-columns.ts";
import { type ProgressSheet, renderProgressSheet } from "#sheets/progress-sheet.tsx";
import { inPage, printed, squeezed } from "./pdf.ts";
import { lightRules, origin, row, sampleProgressSheet } from "./sample.ts";

const sixMonths = ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"];
const heads = [
  "项目名称",
  "投资主体",
  "建设起止年限",
  "年计划形象进度",
  "11月形象进度",
  "11月实际完成投资",
  "存在问题",
];

/** Sum in hundredths, printed as the sheet prints it but derived independently. */
function printedSum(amounts: (number | null | undefined)[]): string {
  const sum = amounts.reduce((total: bigint, amount) => total + BigInt(amount ?? 0), 0n);
  const fraction = amounts.some((amount) => (amount ?? 0) % 100 !== 0) || sum % 100n !== 0n;
  const whole = (sum / 100n).toLocaleString("en-US");
  return fraction ? `${whole}.${String(sum % 100n).padStart(2, "0")}` : whole;
}

function oneProject(values: Parameters<typeof row<"project">>[2]): ProgressSheet {
  const sheet = sampleProgressSheet(0, { months: ["2026-11"], conflicts: 0 });
  return { ...sheet, rows: [{ project: row("project", "p", values), light: "red", progress: [] }] };
}

/** How many amounts stand on more than one line. */
function brokenAmounts(page: Page): Promise<number> {
  return page.$$eval(
    ".amount",
    (cells) =>
      cells.filter((cell) => {
        const range = cell.ownerDocument.createRange();
        range.selectNodeContents(cell);
        return range.getClientRects().length > 1;
      }).length,
  );
}

describe("a printed progress sheet", () => {
  test.for([
    { paper: "A4", rows: 1, months: ["2026-11"] },
    { paper: "A4", rows: 25, months: ["2026-09", "2026-10", "2026-11"] },
    { paper: "A3", rows: 120, months: sixMonths },
  ] as const)(
    "of $rows rows on $paper names every project, repeats its head, numbers its pages and totals",
    async ({ paper, rows, months }) => {
      const sheet = sampleProgressSheet(rows, { paper, months });
      const { pages } = await printed(renderProgressSheet(sheet, origin));

      expect(pages[0]).toContain(sheet.title);
      pages.forEach((page, index) => {
        for (const head of heads) expect(page).toContain(head);
        expect(page).toContain(`第${index + 1}页共${pages.length}页`);
        expect(page).toContain(squeezed(origin.dataState));
        if (index > 0) expect(page).toContain(`${sheet.title}（续）`);
      });
      for (const { project } of sheet.rows) expect(pages.join("")).toContain(squeezed(project.name));

      const last = pages.at(-1) ?? "";
      expect(last).toContain(`合计：${rows}个`);
      const month = (name: string) =>
        sheet.rows.map(({ progress }) => progress.find((entry) => entry.month === name)?.completed_investment);
      const sums = [
        sheet.rows.map(({ project }) => project.total_investment),
        sheet.rows.map(({ project }) => project.annual_plan_investment),
        ...months.map(month),
        sheet.rows.map(({ project }) => project.completed_investment),
      ];
      expect(last).toContain(`合计：${rows}个${sums.map(printedSum).join("")}`);
      expect(last).toContain("制表单位：中山区发展和改革局");
      expect(last).toContain("制表人：张示例");
      expect(last).toContain("制表日期：2026-11-22");
    },
  );

  test("without any project says so", async () => {
    const { pages } = await printed(renderProgressSheet(sampleProgressSheet(0), origin));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain("没有符合条件的项目合计：0个");
  });

  test("prints a cell longer than a page to its end, and its footer beside the last row", async () => {
    const sheet = sampleProgressSheet(2);
    const first = sheet.rows[0];
    if (first) first.project.problems = `${"供电外线走廊动迁尚未签约；".repeat(150)}就这些`;
    const { pages } = await printed(renderProgressSheet(sheet, origin));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.join("")).toContain("就这些");
    expect(pages.at(-1)).toContain(squeezed(sheet.rows[1]?.project.name ?? ""));
    expect(pages.at(-1)).toContain("制表单位");
  });

  test("clips no text in any cell and breaks no amount", async () => {
    await inPage(async (page) => {
      await page.emulateMedia({ media: "print" });
      for (const paper of ["A4", "A3"] as const) {
        const months = sixMonths.slice(-maxMonths(paper));
        const sheet = sampleProgressSheet(120, { paper, months });
        const rich = sheet.rows.map((entry) => ({
          ...entry,
          project: { ...entry.project, total_investment: 999_999_999_999 },
        }));
        for (const rows of [sheet.rows, rich]) {
          await page.setContent(renderProgressSheet({ ...sheet, rows }, origin));
          expect(await brokenAmounts(page)).toBe(0);
          const clipped = await page.$$eval("td, th", (cells) =>
            cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent),
          );
          expect(clipped).toEqual([]);
        }
      }
    });
  });
});

describe("the layout of a progress sheet", () => {
  test.for(["A4", "A3"] as const)("shares out exactly the printable width of %s", (paper) => {
    for (let count = 1; count <= maxMonths(paper); count += 1) {
      const columns = progressLayout(sampleProgressSheet(120, { paper, months: sixMonths.slice(-count) })).columns;
      const width = columns.reduce((total, column) => total + column.width, 0);
      expect(width).toBeCloseTo(landscape[paper].width - progressMargin.left - progressMargin.right, 6);
      for (const column of columns) expect(column.width).toBeGreaterThan(5);
    }
  });

  test("writes amounts shorter where they would crowd out the texts, and says so", () => {
    const layoutOf = (amount: number) => {
      const { rows, ...sheet } = sampleProgressSheet(12, { paper: "A4", months: sixMonths.slice(-3) });
      const amounts = { total_investment: amount, annual_plan_investment: amount, completed_investment: amount };
      const rich = rows.map(({ progress, project, ...row }) => ({
        ...row,
        project: { ...project, ...amounts },
        progress: progress.map((report) => ({ ...report, completed_investment: Math.floor(amount / 40) })),
      }));
      const [first] = rich[0]?.progress.slice(-1) ?? [];
      if (first) first.completed_investment = 123;
      const layout = progressLayout({ ...sheet, rows: rich });
      const column = (head: string) => layout.columns.find((each) => each.head === head);
      const html = renderProgressSheet({ ...sheet, rows: rich }, origin);
      return { layout, whole: column("总投资"), month: column("11月实际|完成投资"), html };
    };
    const exact = layoutOf(1_234_567);
    expect(exact.whole).toMatchObject({ amounts: expect.arrayContaining(["12,345.67"]), total: "148,148.04" });
    expect(exact.html).toContain("单位：万元");
    const rounded = layoutOf(1_234_567_890);
    expect(rounded.whole).toMatchObject({ amounts: expect.arrayContaining(["12,345,679"]), total: "148,148,147" });
    expect(rounded.html).toContain("取整到万元");
    const large = layoutOf(123_456_789_012);
    expect(large.whole).toMatchObject({ amounts: expect.arrayContaining(["123,456.79"]), total: "1,481,481.47" });
    expect(large.month).toMatchObject({ amounts: expect.arrayContaining(["<0.01"]) });
    expect(large.html).toMatch(/单位：亿元[\s\S]*以亿元计/);
  });

  test("gives a column more room the more it holds", () => {
    const width = (notes: string) =>
      progressLayout(oneProject({ name: "样本项目", note: notes })).columns.find(({ head }) => head === "备注")
        ?.width ?? 0;
    expect(width("说明".repeat(50))).toBeGreaterThan(width("说明") * 1.5);
  });

  test("names the months' years only when they differ", () => {
    const html = renderProgressSheet(sampleProgressSheet(1, { months: ["2025-12", "2026-01"] }), origin);
    expect(html.replaceAll("<wbr/>", "")).toContain("2025年12月形象进度");
    expect(html).toContain("2025年12月—2026年1月");
  });
});

describe("the content of a progress sheet", () => {
  const render = (sheet: ProgressSheet) => renderProgressSheet(sheet, origin).replaceAll("<wbr/>", "");

  test("leaves unreported amounts blank and out of the sums", () => {
    const sheet = sampleProgressSheet(0, { months: ["2026-11"] });
    const rows = [100, null, 250].map((amount, index) => ({
      project: row("project", `p${index}`, { name: `样本${index}`, total_investment: amount }),
      light: "none" as const,
      progress: [],
    }));
    const column = progressLayout({ ...sheet, rows }).columns.find(({ head }) => head === "总投资");
    expect(column).toMatchObject({ amounts: ["1.0", "", "2.5"], total: "3.5" });
    expect(progressLayout({ ...sheet, rows }).columns.find(({ head }) => head === "年计划|投资")).toMatchObject({
      total: "",
    });
  });

  test("shows a project's undated present state in the last month only, with the day it is known for", () => {
    const known = { name: "样本项目", image_progress: "主体封顶", as_of: "2026-06-30" };
    expect(render({ ...oneProject(known), months: ["2026-10", "2026-11"] }).split("主体封顶")).toHaveLength(2);
    expect(render(oneProject(known))).toContain("（截至 2026-06-30）主体封顶");
    expect(render(oneProject({ ...known, as_of: "2026-11-02" }))).toContain(">主体封顶");
  });

  test("prefers a month's own report and problems over the project's", () => {
    const sheet = oneProject({ name: "样本项目", image_progress: "旧进度", problems: "旧问题" });
    const report = row("monthly_progress", "m", {
      project_id: "p",
      month: "2026-11",
      image_progress: "新进度",
      problems: "新问题",
    });
    const html = render({ ...sheet, rows: sheet.rows.map((entry) => ({ ...entry, progress: [report] })) });
    expect(html).toContain("新进度");
    expect(html).toContain("新问题");
    expect(html).not.toMatch(/旧进度|旧问题/);
  });

  test("says the period from what is known of it", () => {
    const period = (values: Parameters<typeof oneProject>[0]) =>
      progressLayout(oneProject({ name: "样本项目", ...values })).columns.find(({ head }) => head === "建设|起止年限");
    expect(period({ started_on: "2024-06-13", completed_text: "2026年底" })).toMatchObject({
      texts: ["2024-06\n至2026年底"],
    });
    expect(period({ started_on: "2024-06-13" })).toMatchObject({ texts: ["2024-06起"] });
    expect(period({ completed_on: "2026-12-01" })).toMatchObject({ texts: ["至2026-12"] });
    expect(period({})).toMatchObject({ texts: [""] });
  });

  test("tells each light by colour, shape and character", () => {
    const sheet = oneProject({ name: "样本项目" });
    const shapes = new Set<string | undefined>();
    for (const [light, mark] of [
      ["red", "红"],
      ["yellow", "黄"],
      ["green", "绿"],
      ["none", "无"],
    ] as const) {
      const html = render({ ...sheet, rows: sheet.rows.map((entry) => ({ ...entry, light })) });
      const cell = /<tbody class="end"><tr><td[^>]*>1<\/td><td[^>]*>(.*?)<\/td>/.exec(html)?.[1];
      expect(cell).toContain(`light ${light}`);
      expect(cell).toContain(mark);
      shapes.add(/<svg[^>]*>(.+?)<\/svg>/.exec(cell ?? "")?.[1]);
    }
    // Four different shapes: a black and white print still tells them apart.
    expect(shapes.size).toBe(4);
    expect(shapes).not.toContain(undefined);
  });

  test("prints the thresholds of the lights", () => {
    const plain = (changed: Partial<ProgressSheet["lightRules"]>) =>
      squeezed(
        render({ ...oneProject({ name: "样本项目" }), lightRules: { ...lightRules, ...changed } }).replaceAll(
          /<[^>]+>/g,
          "",
        ),
      );
    const usual = plain({ yellowDaysBefore: 7, redAfterDays: 0, countsFrom: "submitted" });
    expect(usual).toContain("红节点逾期仍未完成");
    expect(usual).toContain("黄节点到期前7天内尚未完成，或逾期完成");
    expect(usual).toContain("节点自“上报”起算作完成");
    const lenient = plain({ yellowDaysBefore: 0, redAfterDays: 10, countsFrom: "approved" });
    expect(lenient).toContain("红节点逾期超过10天仍未完成");
    expect(lenient).toContain("黄节点到期当天尚未完成，或逾期未超过10天，或逾期完成");
    expect(lenient).toContain("节点自“审核通过”起算作完成");
    const unset = plain({ yellowDaysBefore: null });
    expect(unset).toContain("黄节点逾期完成（到期前天数市级未设定，到期前不亮黄灯）");
  });

  test("warns of unsettled conflicts only when there are some", () => {
    expect(render(sampleProgressSheet(1, { conflicts: 3 }))).toContain("未处理冲突 3 处");
    expect(render(sampleProgressSheet(1, { conflicts: 0 }))).not.toContain("未处理冲突");
  });

  test("treats every text as text, never as markup or style", () => {
    const evil = `</style><script>alert(1)</script>"; } body { display: none`;
    const sheet = oneProject({ name: "<script>alert(1)</script>", note: evil });
    const html = renderProgressSheet({ ...sheet, title: evil }, { ...origin, dataState: evil, person: evil });
    expect(html).not.toContain("<script");
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? "";
    expect(style).not.toContain("alert(1)");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test("needs nothing from outside the document", () => {
    expect(renderProgressSheet(sampleProgressSheet(25), origin)).not.toMatch(
      /https?:|src=|<link|url\(|@import|<script/,
    );
  });
});
