/** Problems of a project, and every step that was taken. */
import { archivedOn, type Entity } from "#domain/entity.ts";
import { boolean, date, longText, oneOf, reference, text } from "#domain/fields.ts";
import { issueCategories, issueEntryKinds, issueLevels, issueSources, issueStates } from "#domain/values.ts";

export const issueEntities = {
  issue: {
    label: "问题",
    scope: { by: "project", column: "project_id" },
    title: "title",
    fields: {
      project_id: reference("项目", "project", { required: true }),
      title: text("问题", { required: true }),
      detail: longText("具体情况"),
      category: oneOf("类别", issueCategories, { required: true }),
      source: oneOf("来源", issueSources, { required: true }),
      found_on: date("发现日期", { required: true }),
      visit_id: reference("走访", "visit"),
      hotline_no: text("热线工单号", { max: 60 }),
      caller: text("反映人", { max: 60 }),
      caller_phone: text("反映人电话", { max: 40 }),
      handler_unit: text("承办单位", { max: 80 }),
      handler_person: text("承办人", { max: 60 }),
      measures: longText("解决措施"),
      deadline_on: date("办理期限"),
      state: oneOf("状态", issueStates, { required: true, byAct: true }),
      level: oneOf("层级", issueLevels, { required: true, byAct: true }),
      level_since: date("到达本层级日期", { byAct: true }),
      /** Its level was asked and owes an answer. */
      awaits_answer: boolean("待答复", { byAct: true }),
      is_supervised: boolean("挂牌督办", { writers: "city", byAct: true }),
      supervised_on: date("挂牌日期", { writers: "city", byAct: true }),
      supervised_by: text("督办领导或单位", { max: 80, writers: "city", byAct: true }),
      needs_relief: boolean("列入难点纾解清单", { writers: "district", byAct: true }),
      solved_on: date("解决日期", { byAct: true }),
      owner_replied_on: date("业主回音日期", { byAct: true }),
      owner_reply: longText("业主回音", { byAct: true }),
      closed_on: date("销号日期", { byAct: true }),
      archived_on: archivedOn,
    },
  },
  /** One step of an issue: a month's follow-up, a raise, an answer; never changed, so that the story stays. */
  issue_entry: {
    label: "问题办理记录",
    scope: { by: "project", column: "project_id" },
    title: "happened_on",
    fields: {
      project_id: reference("项目", "project", { required: true }),
      issue_id: reference("问题", "issue", { required: true }),
      kind: oneOf("事项", issueEntryKinds, { required: true }),
      happened_on: date("日期", { required: true }),
      /** Level at which it happened, or to which it was raised or handed back. */
      level: oneOf("层级", issueLevels, { byAct: true }),
      content: longText("内容"),
      office_id: reference("单位", "office", { required: true }),
      person_name: text("经办人", { max: 60 }),
      archived_on: archivedOn,
    },
  },
} as const satisfies Record<string, Entity>;
