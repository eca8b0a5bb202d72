/** Offices, their settings and their people. */
import { archivedOn, type Entity } from "#domain/entity.ts";
import { boolean, date, json, longText, oneOf, reference, text } from "#domain/fields.ts";
import { officeKinds, officeLevels } from "#domain/values.ts";

export const officeEntities = {
  office: {
    label: "单位",
    scope: { by: "city" },
    title: "name",
    fields: {
      name: text("单位名称", { required: true, max: 60 }),
      level: oneOf("层级", officeLevels, { required: true }),
      kind: oneOf("性质", officeKinds, { required: true }),
      parent_id: reference("上级单位", "office"),
      division_code: text("统计用区划代码", { max: 12 }),
      aliases: text("别名", { max: 400 }),
      valid_from: date("启用日期"),
      valid_to: date("停用日期"),
      archived_on: archivedOn,
    },
  },
  setting: {
    label: "设定",
    scope: { by: "city" },
    title: "key",
    identity: ["key"],
    fields: {
      key: text("设定项", { required: true, max: 80 }),
      value: json("设定值", { required: true }),
      source: text("依据", { max: 400 }),
      archived_on: archivedOn,
    },
  },
  person: {
    label: "人员",
    scope: { by: "office", column: "office_id" },
    title: "name",
    fields: {
      office_id: reference("所在单位", "office", { required: true }),
      name: text("姓名", { required: true, max: 40 }),
      duty: text("职务", { max: 60 }),
      phone: text("联系电话", { max: 40 }),
      is_secretary: boolean("服务秘书"),
      secretary_unit: text("服务秘书责任单位", { max: 80 }),
      note: longText("备注"),
      archived_on: archivedOn,
    },
  },
} as const satisfies Record<string, Entity>;
