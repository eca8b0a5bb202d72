/** Lists of visits, of projects that wait for one, and of people. */
import type { MissingVisit, VisitRow } from "#contract/ledger.ts";
import type { ListRequest } from "#contract/lists.ts";
import { daysBetween } from "#domain/calendar.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import { visitForms } from "#domain/values.ts";
import { followUpState } from "#domain/visit.ts";
import { nameSearchKey } from "#features/name-search.ts";
import type { Office } from "#features/office.ts";
import { listPeople } from "#features/people.ts";
import type { SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { listVisits, missingVisits } from "#features/visits.ts";
import { countColumn, dayColumn, textColumn } from "./columns.ts";
import { personCondition, searchCondition } from "./conditions.ts";
import type { ListSource } from "./list-table.ts";

type Asked<L extends ListRequest["list"]> = Extract<ListRequest, { list: L }>;

const visitColumns: Record<string, SheetColumn<VisitRow>> = {
  visited_on: dayColumn("日期", ({ visited_on }) => visited_on),
  form: textColumn("形式", 10, ({ form }) => visitForms[form]),
  project: textColumn("项目", 36, ({ projectName }) => projectName),
  person: textColumn("服务秘书", 12, ({ personName }) => personName),
  findings: textColumn("了解到的情况", 40, ({ findings }) => findings),
  follow_up: textColumn("后续事项", 30, ({ follow_up }) => follow_up),
  follow_state: textColumn("办理", 18, followUpState),
  people_met: textColumn("会见人员", 24, ({ people_met }) => people_met),
  office: textColumn("管理单位", 16, ({ officeName }) => officeName),
};

export function visitsList(office: Office, { filter }: Asked<"visits">): ListSource<VisitRow> {
  const { rows } = listVisits(office, { ...filter, offset: 0, limit: Number.MAX_SAFE_INTEGER });
  const span = filter.from || filter.to ? [`${filter.from ?? "最早"} 至 ${filter.to ?? "今天"}`] : [];
  const project = filter.projectId === undefined ? [] : [`项目 ${rows[0]?.projectName ?? ""}`];
  return {
    title: "走访记录",
    conditions: [...searchCondition(filter.search), ...project, ...personCondition(office, filter.personId), ...span],
    rows,
    columns: visitColumns,
  };
}

export function missingVisitsList(office: Office, asOf: string): ListSource<MissingVisit> {
  const columns: Record<string, SheetColumn<MissingVisit>> = {
    name: textColumn("项目", 40, ({ projectName }) => projectName),
    last: dayColumn("最近走访", ({ lastVisitOn }) => lastVisitOn ?? "从未"),
    days: countColumn("距今（天）", ({ lastVisitOn }) =>
      lastVisitOn === null ? null : daysBetween(lastVisitOn, asOf),
    ),
    secretaries: textColumn("服务秘书", 16, ({ secretaries }) => secretaries || "未安排"),
    office: textColumn("管理单位", 16, ({ officeName }) => officeName),
  };
  const days = office.settings["visit.overdueDays"];
  const conditions = [days === null ? "多少天未走访列为待走访：市级未设定" : `截至 ${asOf}，${days} 天没有走访`];
  return { title: "未走访的项目", conditions, rows: missingVisits(office, asOf), columns };
}

type Person = ReturnType<typeof listPeople>[number];

const personColumns: Record<string, SheetColumn<Person>> = {
  name: textColumn("姓名", 12, ({ name, archived_on }) => (archived_on ? `${name}（已停用）` : name)),
  office: textColumn("所在单位", 18, ({ officeName }) => officeName),
  duty: textColumn("职务", 18, ({ duty }) => duty),
  phone: textColumn("联系电话", 18, ({ phone }) => phone),
  projects: countColumn("服务项目", ({ projectCount }) => projectCount),
  visits: countColumn("走访次数", ({ visitCount }) => visitCount),
  last: dayColumn("最近走访", ({ lastVisitOn }) => lastVisitOn),
  unit: textColumn("责任单位", 18, ({ secretary_unit }) => secretary_unit),
  is_secretary: textColumn("服务秘书", 10, ({ is_secretary }) => (is_secretary === 1 ? "是" : null)),
};

export function peopleList(office: Office, { search, ...asked }: Asked<"people">): ListSource<Person> {
  const needle = searchNeedle(search);
  const rows = listPeople(office, asked).filter(({ name, officeName }) =>
    nameSearchKey(`${name} ${officeName}`).includes(needle),
  );
  return {
    title: asked.secretariesOnly ? "服务秘书名册" : "人员名册",
    conditions: [...searchCondition(search), ...(asked.includeArchived ? ["含已停用"] : [])],
    rows,
    columns: personColumns,
  };
}
