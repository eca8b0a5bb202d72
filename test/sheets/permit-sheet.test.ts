/** 要件办理表 on A4 and A3 landscape, of one project and over projects. */
import { describe, expect, test } from "vitest";
import { permitCounts } from "#domain/permit.ts";
import type { Values } from "#domain/registry.ts";
import { fillDemo } from "#features/demo/demo.ts";
import { projectPermits } from "#features/permits/rows.ts";
import { permitSheet } from "#features/sheets/permits.ts";
import { type ProjectPermitSheet, renderProjectPermits, type SheetPermit } from "#sheets/permit-sheet.tsx";
import { openDesk, put, TODAY } from "../helpers/office.ts";
import { printed, squeezed } from "./pdf.ts";
import { origin, realProjects, row } from "./sample.ts";

const permit = (id: string, values: Values<"permit"> & Partial<SheetPermit>): SheetPermit => ({
  ...row("permit", id, { name: "施工许可证", ...values }),
  state: "open",
  days: null,
  daysAhead: null,
  isOverdue: false,
  isDeficiencyDue: false,
  ...values,
});

function sample(): ProjectPermitSheet {
  const [project] = realProjects();
  if (!project) throw new Error("no sample project");
  const old = permit("1", { state: "done", actual_on: "2026-06-12", certificate_no: "示例旧证1号", days: 20 });
  const again = permit("2", {
    redo_of: "1",
    redo_reason: "主体变更",
    groups: "four_certificates",
    isDeficiencyDue: true,
    is_deficient: 1,
    deficient_until: "2026-11-20",
  });
  return {
    paper: "A4",
    project: { ...project, green_channel: 1 },
    officeName: "中山区人民路街道",
    lines: [
      { permit: again, earlier: [old] },
      { permit: permit("3", { name: "环保审批", state: "done", note: "第一行\n第二行" }), earlier: [] },
    ],
    counts: permitCounts([again, old], () => undefined),
    asOf: "2026-11-22",
    conflicts: 1,
  };
}

describe("of one project", () => {
  test.each([
    ["A4", "842 x 595"],
    ["A3", "1191 x 842"],
  ] as const)("on %s it shows permits, counts, what was done again and who made it", async (paper, size) => {
    const { paper: found, pages } = await printed(renderProjectPermits({ ...sample(), paper }, origin));
    expect(found).toBe(size);
    const text = pages.join("");
    for (const part of [
      "要件办理表",
      "绿色通道",
      "全部手续1/2四证0/112项要件未设定8项外部条件未设定",
      "（已重做）施工许可证",
      "示例旧证1号",
      "重做：主体变更",
      "2026-11-20到期",
      "制表人：张示例",
      "未处理冲突1处",
      "模板没有规定的，按项目自行归入的手续计算",
    ]) {
      expect(text).toContain(squeezed(part));
    }
  });

  test("without permits it says so", () => {
    expect(renderProjectPermits({ ...sample(), lines: [] }, origin)).toContain("尚未建立手续清单");
  });

  test("names are texts", () => {
    const lines = [{ permit: permit("1", { name: "<script>alert(1)</script>" }), earlier: [] }];
    expect(renderProjectPermits({ ...sample(), lines }, origin)).not.toContain("<script");
  });
});

describe("over projects", () => {
  test("it lists the projects of the filter in the order of the screen, on numbered pages", async () => {
    const desk = await openDesk();
    fillDemo(desk.office);
    const sheet = permitSheet(desk.office, {
      sheet: "permits",
      paper: "A4",
      filter: { condition: "open" },
      asOf: TODAY,
    });
    const { pages } = await printed(sheet.html);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages[0]).toContain("大连市项目要件办理表");
    expect(pages[0]).toContain("范围：未办结");
    pages.forEach((page, index) => {
      expect(page).toContain(`第${index + 1}页共${pages.length}页`);
    });
    // Who made it never stands alone on the last page.
    expect(pages.at(-1)).toMatch(/\d+\/12.*制表人：张示例/);
    expect(sheet.rows).toBeGreaterThan(20);
    expect(pages.join("")).toContain("未设定");
  });

  test("without a project that fits, it says so", async () => {
    const desk = await openDesk();
    const { html, rows } = permitSheet(desk.office, { sheet: "permits", paper: "A3", filter: {}, asOf: TODAY });
    expect(rows).toBe(0);
    expect(html).toContain("没有符合条件的项目");
  });
});

test("one project's sheet is filled from its records", async () => {
  const desk = await openDesk();
  fillDemo(desk.office);
  const filled = desk.store.sqlite.prepare("select project_id from permit limit 1").pluck().get() as string;
  const { html, title } = permitSheet(desk.office, {
    sheet: "permits",
    paper: "A4",
    projectId: filled,
    filter: {},
    asOf: TODAY,
  });
  expect(title).toMatch(/^要件办理表 ./);
  for (const { permit: each } of projectPermits(desk.office, filled, TODAY).lines) expect(html).toContain(each.name);
  const empty = permitSheet(desk.office, {
    sheet: "permits",
    paper: "A4",
    projectId: put(desk, "project", {}),
    filter: {},
    asOf: TODAY,
  });
  expect(empty.html).toContain("尚未建立手续清单");
});
