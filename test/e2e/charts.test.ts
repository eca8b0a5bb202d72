/** The charts of the workbench: shown, written in numbers too, and leading to the records. */
import { expect, test } from "vitest";
import { inFrontOf, openDemo, seriousFindings } from "./harness.ts";

const program = inFrontOf(openDemo);

test("the charts say in numbers what they draw, and a region leads to its projects", async () => {
  const { page } = program;
  await page.getByText("图表", { exact: true }).click();
  for (const name of ["各地区灯号", "投资完成与序时", "未解决问题的时长", "服务秘书的项目数"]) {
    await page.getByRole("region", { name }).waitFor();
  }
  const row = page.getByRole("row", { name: /^金普新区/ });
  const red = await row.getByRole("cell").last().innerText();
  expect(red).toMatch(/红灯\s*\d+/);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await seriousFindings(page)).toEqual([]);
  }
  await row.getByRole("link").click();
  await page.getByText(/共 \d+ 个项目/).waitFor();
  await page.goBack();
  await page.getByRole("region", { name: "各地区灯号" }).waitFor();
});
