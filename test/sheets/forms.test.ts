import { describe, expect, test } from "vitest";
import { type ProjectCard, renderProjectCard } from "#sheets/project-card.tsx";
import { renderSupervisionSheet } from "#sheets/supervision-sheet.tsx";
import { renderVisitSheet } from "#sheets/visit-sheet.tsx";
import { printed, squeezed } from "./pdf.ts";
import { origin, row, sampleCard, sampleVisit } from "./sample.ts";

describe("a project card", () => {
  const text = (card: ProjectCard) => squeezed(renderProjectCard(card, origin).replaceAll(/<[^>]+>/g, " "));

  test("is printed on numbered A4 pages with its nodes, lights and maker", async () => {
    const html = renderProjectCard(sampleCard(), origin);
    const { paper, pages } = await printed(html);
    expect(paper).toBe("595 x 842");
    pages.forEach((page, index) => {
      expect(page).toContain(`第${index + 1}页共${pages.length}页`);
    });
    const all = pages.join("");
    for (const { name } of sampleCard().nodes) expect(all).toContain(squeezed(name));
    for (const part of [
      "项目建档卡",
      "一、基本情况",
      "市级重点",
      "亿元以上、战略性新兴产业",
      "12,345",
      "李样本",
      "制表人：张示例",
    ]) {
      expect(all).toContain(part);
    }
    expect(all).toContain("用地预审与选址意见书2026-03-012026-03-20滞后19天审核通过");
  });

  test("marks just the missing facts of the card as 待补", () => {
    expect(text(sampleCard()).match(/待补/g)).toHaveLength(2);
    const { project } = sampleCard();
    const complete = { ...project, total_investment: 100, responsible_unit: "样本责任单位" };
    expect(text({ ...sampleCard(), project: complete })).not.toContain("待补");
  });

  test("shows the last five visits and no more", () => {
    expect(text(sampleCard())).toContain("2026-11-12");
    expect(text(sampleCard())).not.toContain("2026-11-10");
  });

  test("says what is not there yet", () => {
    const empty = text({ ...sampleCard(), nodes: [], visits: [], assignments: [], conflicts: 0 });
    for (const part of ["尚未编制节点计划", "尚无走访记录", "尚未安排"]) expect(empty).toContain(part);
    expect(empty).not.toContain("未处理冲突");
    expect(text(sampleCard())).toContain("未处理冲突1处");
  });

  test("treats a project's name as text", () => {
    const card = sampleCard();
    const html = renderProjectCard(
      { ...card, project: { ...card.project, name: "<script>alert(1)</script>" } },
      origin,
    );
    expect(html).not.toContain("<script");
  });
});

describe("a visit record sheet", () => {
  test("fits one A4 page with the visit and lines to sign", async () => {
    const html = renderVisitSheet(sampleVisit(), origin);
    const { paper, pages } = await printed(html);
    expect(paper).toBe("595 x 842");
    expect(pages).toHaveLength(1);
    const { visit, project } = sampleVisit();
    for (const part of [
      project.name,
      project.owner,
      visit.people_met,
      visit.findings,
      visit.follow_up,
      visit.follow_up_on,
    ]) {
      expect(pages[0]).toContain(squeezed(part ?? ""));
    }
    for (const part of ["走访记录表", "现场检查", "服务秘书签字", "企业代表签字", "第1页共1页", "未处理冲突2处"])
      expect(pages[0]).toContain(part);
    expect(renderVisitSheet({ ...sampleVisit(), conflicts: 0 }, origin)).not.toContain("未处理冲突");
  });

  test("goes on to a second page rather than losing long findings", async () => {
    const sheet = sampleVisit();
    const findings = `${"现场设备基础已完成，等待到货。".repeat(130)}到此为止`;
    const { pages } = await printed(renderVisitSheet({ ...sheet, visit: { ...sheet.visit, findings } }, origin));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.join("")).toContain("到此为止");
    expect(pages[1]).toContain("走访记录表（续）");
  });
});

test("a supervision sheet of usual length is one page, with room for the seal", async () => {
  const issue = row("issue", "i", {
    project_id: "p",
    title: "外部供电走廊未落实",
    detail: "需跨越两条市政道路，沿线三户尚未签约。",
    category: "external_conditions",
    source: "visit",
    found_on: "2026-09-15",
    level: "executive_vice_mayor",
    is_supervised: 1,
    supervised_on: "2026-10-20",
    supervised_by: "市政府督考办（示例）",
    handler_unit: "示例街道",
    measures: "会同供电部门现场勘查，确定走廊；与三户签约。",
  });
  const html = renderSupervisionSheet(
    {
      issue: { ...issue, officeName: "示例街道", regionName: "中山区" },
      project: sampleVisit().project,
      demand: "请承办单位限期办结并报结果",
      solution: "",
      conflicts: 0,
    },
    origin,
  );
  const { paper, pages } = await printed(html);
  expect(paper).toBe("595 x 842");
  expect(pages).toHaveLength(1);
  for (const part of ["督办单位（盖章）", "制表人：张示例"]) expect(pages[0]).toContain(part);
});
