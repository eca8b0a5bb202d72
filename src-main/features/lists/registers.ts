/** The lists that offices work by: the tree of offices, and the settings and templates of the city. */
import type { ListRequest } from "#contract/lists.ts";
import type { OfficeEntry, SettingEntry } from "#contract/office.ts";
import type { TemplateEntry } from "#contract/templates.ts";
import { flatTree, searchTree, type TreeLine } from "#domain/office-tree.ts";
import { settingStanding, settingText } from "#domain/setting-text.ts";
import { membersText, sourceText, templateStanding, templateStandings } from "#domain/template-text.ts";
import { enrolments, officeKinds, templateKinds } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { listOffices } from "#features/offices.ts";
import { listSettings } from "#features/settings.ts";
import type { SheetColumn } from "#features/spreadsheet/write-workbook.ts";
import { listTemplates } from "#features/templates.ts";
import { countColumn, textColumn } from "./columns.ts";
import { officeCondition, searchCondition } from "./conditions.ts";
import type { ListSource } from "./list-table.ts";

type Asked<L extends ListRequest["list"]> = Extract<ListRequest, { list: L }>;
type Line = TreeLine<OfficeEntry>;

/** A step of the tree: as wide as a character, and kept by paper and spreadsheet alike. */
const INDENT = "\u3000";

export function officesList(office: Office, { search, rootId }: Asked<"offices">): ListSource<Line> {
  // What a search finds stands without those above it.
  const isTree = search.trim() === "";
  const columns: Record<string, SheetColumn<Line>> = {
    name: textColumn("单位", 28, ({ entry, depth }) => `${isTree ? INDENT.repeat(depth) : ""}${entry.name}`),
    kind: textColumn("性质", 12, ({ entry }) => officeKinds[entry.kind]),
    parent: textColumn("上级", 20, ({ parentName }) => parentName),
    code: textColumn("区划代码", 14, ({ entry }) => entry.division_code),
    projects: countColumn("管理项目", ({ entry }) => entry.projectCount),
    enrolment: textColumn("加入情况", 18, ({ entry }) => enrolments[entry.enrolment]),
    state: textColumn("备注", 18, ({ entry }) => entry.valid_to && `停用 ${entry.valid_to}`),
  };
  return {
    title: "单位一览表",
    conditions: [...officeCondition(office, rootId), ...searchCondition(search)],
    rows: searchTree(flatTree(listOffices(office), rootId), search),
    columns,
  };
}

const settingColumns: Record<string, SheetColumn<SettingEntry>> = {
  label: textColumn("设定", 36, ({ label }) => label),
  value: textColumn("现在的值", 24, settingText),
  standing: textColumn("状态", 26, settingStanding),
  source: textColumn("依据", 60, ({ source }) => source),
};

export function settingsList(office: Office): ListSource<SettingEntry> {
  return { title: "全市设定", conditions: [], rows: listSettings(office), columns: settingColumns };
}

const templateColumns: Record<string, SheetColumn<TemplateEntry>> = {
  name: textColumn("模板", 24, ({ name }) => name),
  kind: textColumn("用途", 12, ({ kind }) => templateKinds[kind]),
  project_kind: textColumn("适用项目", 16, ({ projectKind }) => projectKind),
  items: textColumn("内容", 44, ({ content }) => membersText(content)),
  source: textColumn("依据", 30, ({ source }) => sourceText(source)),
  state: textColumn("状态", 14, (template) => templateStandings[templateStanding(template)]),
};

export function templatesList(office: Office, { archived }: Asked<"templates">): ListSource<TemplateEntry> {
  return {
    title: "手续和工期模板",
    conditions: archived ? ["含已停用"] : [],
    rows: listTemplates(office, archived),
    columns: templateColumns,
  };
}
