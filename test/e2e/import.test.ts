import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openProgram, type Program, seriousFindings } from "./harness.ts";

const LEDGER = resolve(import.meta.dirname, "../fixtures/dalian_projects.csv");

let program: Program;

beforeAll(async () => {
  program = await openProgram();
  const { page } = program;
  await page.getByRole("button", { name: /^新建市级库/ }).click();
  await page.getByLabel("您的姓名").fill("张示例");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "工作台" }).waitFor();
});
afterAll(async () => {
  expect(program.problems).toEqual([]);
  await program.close();
});

/** Opens the import afresh and gives it a file. */
async function give(file: string | { name: string; mimeType: string; buffer: Buffer }) {
  const { page } = program;
  await program.open("/import");
  await page.locator("input[type=file]").setInputFiles(file);
}

const csv = (text: string) => ({ name: "台账.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
const confirm = () => program.page.getByRole("button", { name: /^确认导入/ });

test("every row of the real ledger is accounted for, and only ticked rows are written", async () => {
  const { page } = program;
  await give(LEDGER);
  await confirm().getByText("新增 120，修改 0").waitFor();
  await page.getByRole("button", { name: "全部不导入" }).click();
  await expect.poll(() => confirm().isDisabled()).toBe(true);
  await page.getByRole("button", { name: "全部勾选" }).click();
  await page.locator("tbody button").first().focus();
  await page.keyboard.press("Space");
  await confirm().getByText("新增 119，修改 0").click();
  await page.getByText("新增 119 个项目，修改 0 个").waitFor();
});

test("the same file again finds the rest new and the others unchanged", async () => {
  const { page } = program;
  await give(LEDGER);
  await confirm().getByText("新增 1，修改 0").waitFor();
  await page.getByRole("button", { name: /^相同 119/ }).click();
  await page.getByText("共 119 行").waitFor();
});

test("unreadable cells are named; a column mapped by hand is read anew", async () => {
  const { page } = program;
  await give(csv("项目名称,总投资(万元),谁来办\n示例工程甲,不详,王演示\n示例工程乙,1200,李样本\n"));
  await confirm().getByText("新增 2，修改 0").waitFor();
  await page.getByRole("tab", { name: /有问题的格子/ }).click();
  await page.getByRole("row", { name: /2 总投资\(万元\) 不详/ }).waitFor();
  await page.getByRole("tab", { name: /列对应/ }).click();
  await page.getByRole("combobox", { name: "“谁来办”导入为" }).fill("包保");
  await page.getByRole("option", { name: "包保领导" }).click();
  await page.getByRole("tab", { name: /各行/ }).click();
  await page.getByRole("cell", { name: /包保领导 王演示/ }).waitFor();
});

test("an import is taken back as a whole", async () => {
  const { page } = program;
  await give(csv("项目名称\n示例工程丙\n示例工程丁\n"));
  await confirm().click();
  await page.getByText("新增 2 个项目").waitFor();
  await page.getByRole("button", { name: "撤销这次导入" }).click();
  await page.getByText("已撤销这次导入").waitFor();
  await page.getByText("看台账").click();
  await page.getByText("共 119 个项目").waitFor();
});

test("a file that is no table is refused with what to do", async () => {
  const { page } = program;
  await give({
    name: "照片.xlsx",
    mimeType: "application/octet-stream",
    buffer: Buffer.from("PK\u0003\u0004切断的文件"),
  });
  await page
    .getByRole("alert")
    .getByText(/照片\.xlsx/)
    .waitFor();
  await give(csv("甲,乙\n1,2\n"));
  await page.getByRole("alert").getByText("没有找到表头").waitFor();
});

test("no serious accessibility finding in the preview", async () => {
  const { page } = program;
  const head = readFileSync(LEDGER, "utf8").split("\n").slice(0, 6).join("\n");
  await give(csv(head));
  await confirm().waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByRole("tab", { name: /列对应/ }).click();
  expect(await seriousFindings(page)).toEqual([]);
});
