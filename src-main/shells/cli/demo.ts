/**
 * `npm run demo`: one office's month end to end on the published ledger of 120 Dalian projects. A street imports,
 * records and exports; the district reviews; the city sends back; a conflict is settled; the sheet is printed.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays, monthOf } from "#domain/calendar.ts";
import { keysOf, lights } from "#domain/values.ts";
import { findChromium } from "#shells/browser/chromium.ts";
import { carryBundle, type DemoOffice, enrolDemoOffice, openDemoOffice } from "./demo-office.ts";

/** The published ledger (120 real, uneven rows); the tests import the same file. */
const LEDGER = "test/fixtures/dalian_projects.csv";
const DISTRICT = "2102-jinpu";
const STREET = "210213029";

let step = 0;
function say(title: string, ...lines: string[]): void {
  step += 1;
  console.log(`\n${step}. ${title}`);
  for (const line of lines) console.log(`   ${line}`);
}

/** Runs the demo in temporary data folders; the sheets stay in demo-out/ under `projectFolder`. */
export async function runDemo(projectFolder: string): Promise<void> {
  const out = join(projectFolder, "demo-out");
  const work = mkdtempSync(join(tmpdir(), "lianxinqiao-demo-"));
  const offices: DemoOffice[] = [];
  try {
    await mkdir(out, { recursive: true });
    const { city, district, street } = await foundTree(work, offices);
    const stick = join(work, "U盘");
    await streetMonth(street, join(projectFolder, LEDGER));
    await exchange(street, district, stick);
    await districtReview(district);
    await exchange(district, city, stick);
    await exchange(city, district, stick);
    await exchange(district, street, stick);
    await conflict(street, district, stick);
    await print(district, out);
  } finally {
    for (const office of offices) await office.core.close();
    rmSync(work, { recursive: true, force: true });
  }
}

async function foundTree(work: string, offices: DemoOffice[]) {
  const city = await openDemoOffice(join(work, "市"), (call) =>
    call.setup.createCityHub({ personName: "张示例", duty: "投资科" }),
  );
  offices.push(city);
  const first = await enrolDemoOffice(city, DISTRICT, join(work, "区"), "李样本");
  offices.push(first.child);
  const second = await enrolDemoOffice(first.child, STREET, join(work, "街道"), "王演示");
  offices.push(second.child);
  say(
    "建立三级单位（邀请文件 → 加入申请 → 核对指纹 → 接纳）",
    `${city.name} → ${first.child.name} → ${second.child.name}`,
    `指纹：市 ${first.invitationFingerprint}；区 ${first.requestFingerprint}；街道 ${second.requestFingerprint}`,
  );
  return { city, district: first.child, street: second.child };
}

async function streetMonth(street: DemoOffice, ledger: string): Promise<void> {
  const { call } = street;
  const file = new File([readFileSync(ledger)], "dalian_projects.csv");
  const preview = await call.spreadsheet.preview({ file });
  const { counts } = preview;
  say(
    `${street.name}导入项目台账 dalian_projects.csv（${preview.encoding}）`,
    `识别 ${preview.columns.filter((column) => column.field).length} / ${preview.columns.length} 列，数据 ${preview.dataRows} 行`,
    `新增 ${counts.new}，变动 ${counts.changed}，相同 ${counts.same}，重复 ${counts.repeated}，不可用 ${counts.unusable}；有问题的单元格 ${preview.badCells.length} 个`,
    ...preview.badCells.slice(0, 3).map((bad) => `例：第 ${bad.row} 行 ${bad.column} “${bad.value}”：${bad.reason}`),
  );
  const { created, changed, skipped } = await call.spreadsheet.commit({ previewId: preview.previewId, skipRows: [] });
  const again = await call.spreadsheet.preview({ file });
  say(
    "确认导入，一次操作",
    `新建 ${created}，修改 ${changed}，跳过 ${skipped}；再次预览：相同 ${again.counts.same} 行，新增 ${again.counts.new} 行`,
  );

  const { today } = await call.setup.state();
  const list = await call.projects.list({
    filter: {},
    offset: 0,
    limit: 20,
    asOf: today,
    sort: { column: "name", descending: false },
  });
  const nodeIds: string[] = [];
  for (const [index, project] of list.rows.entries()) {
    await call.assignments.save({
      values: { project_id: project.id, person_id: street.personId, role: "lead", from_on: addDays(today, -90) },
    });
    const plan = [addDays(today, -20), addDays(today, index % 2 === 0 ? -3 : 5), addDays(today, 40)];
    for (const [order, planned] of plan.entries()) {
      const saved = await call.nodes.save({
        projectId: project.id,
        values: {
          name: ["施工许可证", "主体封顶", "竣工验收"][order] ?? "节点",
          planned_on: planned,
          planned_month: monthOf(planned),
        },
      });
      if (order === 0) {
        const actual = addDays(today, index % 3 === 0 ? -15 : -22);
        await call.nodes.save({
          id: saved.id,
          projectId: project.id,
          values: { actual_on: actual, completion_note: "已取得证照" },
        });
        nodeIds.push(saved.id);
      }
    }
    if (index < 12) {
      await call.visits.save({
        values: {
          project_id: project.id,
          person_id: street.personId,
          visited_on: addDays(today, -index),
          form: index % 2 === 0 ? "visit" : "site_check",
          people_met: "项目负责人（示例）",
          findings: "了解手续办理和施工进展",
        },
      });
    }
  }
  await call.nodes.review({ ids: nodeIds, act: "submit" });
  const counted = await call.projects.lightCounts({ filter: {}, asOf: today });
  say(
    "记录秘书分工、节点、走访，上报节点",
    `20 个项目：分工 20 条，节点 ${list.rows.length * 3} 个，上报 ${nodeIds.length} 个，走访 12 次`,
    `灯号（${today}）：${keysOf(lights)
      .map((light) => `${lights[light]} ${counted[light]}`)
      .join("，")}`,
  );
}

async function exchange(from: DemoOffice, to: DemoOffice, stick: string): Promise<void> {
  const { sent, report } = await carryBundle(from, to, stick);
  say(
    `${from.name} → ${to.name}：第 ${sent.number} 号包`,
    `${sent.fileName}，${(sent.bytes / 1024).toFixed(1)} KB，${sent.changeSets} 次操作，${sent.recordChanges} 条记录变动，已写入并读回核对`,
    `导入结果：${report.summary}`,
  );
}

async function districtReview(district: DemoOffice): Promise<void> {
  const { call } = district;
  const { today } = await call.setup.state();
  const waiting = await call.nodes.inState({ state: "submitted", asOf: today });
  const returned = waiting.slice(0, 3).map((node) => node.id);
  await call.nodes.review({ ids: waiting.slice(3).map((node) => node.id), act: "approve" });
  await call.nodes.review({ ids: returned, act: "return", reason: "请补充证照编号" });
  say(
    `${district.name}审核节点`,
    `待审核 ${waiting.length} 个：通过 ${waiting.length - returned.length} 个，退回 ${returned.length} 个`,
  );
}

async function conflict(street: DemoOffice, district: DemoOffice, stick: string): Promise<void> {
  const { today } = await street.call.setup.state();
  const { rows } = await street.call.projects.list({ filter: {}, offset: 0, limit: 1, asOf: today });
  const id = rows[0]?.id ?? "";
  await street.call.projects.update({ id, values: { image_progress: "主体完成 60%", as_of: today } });
  await district.call.projects.update({ id, values: { image_progress: "主体完成 55%（区里核实）", as_of: today } });
  await exchange(street, district, stick);
  const [open] = await district.call.exchange.conflicts();
  if (!open) throw new Error("the conflict was not found");
  say(
    `冲突：${open.projectName}“${open.fieldLabel}”`,
    ...open.sides.map(
      (side) => `${side.won ? "暂用" : "另有"}：${side.value}（${side.office} ${side.person} ${side.at}）`,
    ),
  );
  await district.call.exchange.settle({ conflictId: open.id, choice: { value: "主体完成 58%（双方核定）" } });
  await exchange(district, street, stick);
  const page = await street.call.projects.get({ id, asOf: today });
  const left = (await street.call.exchange.conflicts()).length + (await district.call.exchange.conflicts()).length;
  say("冲突处理后，两边一致", `街道看到：${page.project.image_progress}；未处理冲突 ${left} 处`);
}

async function print(district: DemoOffice, out: string): Promise<void> {
  const { today } = await district.call.setup.state();
  const month = monthOf(today);
  const written: string[] = [];
  for (const paper of ["A4", "A3"] as const) {
    const request = { sheet: "progress", paper, fromMonth: month, month, filter: {}, asOf: today } as const;
    if (findChromium() === null) {
      const { html } = await district.call.sheets.html(request);
      written.push(await keep(out, `项目进度表-${paper}.html`, Buffer.from(html)));
    } else {
      const pdf = await district.call.sheets.pdf(request);
      written.push(await keep(out, `项目进度表-${paper}.pdf`, Buffer.from(await pdf.bytes())));
    }
  }
  say("打印项目进度表", ...written);
}

async function keep(folder: string, name: string, bytes: Buffer): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return `demo-out/${name}（${(bytes.length / 1024).toFixed(0)} KB）`;
}
