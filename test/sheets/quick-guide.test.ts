/** 速查卡: one page for each level, with what that level does. */
import { expect, test } from "vitest";
import { keysOf, officeLevels } from "#domain/values.ts";
import { renderQuickGuide } from "#sheets/quick-guide.tsx";
import { printed } from "./pdf.ts";
import { origin } from "./sample.ts";

test("fits one A4 page for every level", async () => {
  const own = { street: "区市县—导出", district: "问题—待我答复", city: "单位与设定—邀请" } as const;
  for (const level of keysOf(officeLevels)) {
    const { paper, pages } = await printed(renderQuickGuide(level, origin));
    expect(paper).toBe("595 x 842");
    expect(pages).toHaveLength(1);
    for (const part of [`速查卡（${officeLevels[level]}）`, "Ctrl+K", own[level], "不得处理国家秘密"]) {
      expect(pages[0]).toContain(part);
    }
  }
});
