import type { FieldName } from "#domain/registry.ts";
import { completeGroups } from "#renderer/components/field-groups.ts";

/** The project card in sections, in the order clerks fill it; the form and the card show the same ones. */
export const projectGroups = completeGroups(
  "project",
  [
    {
      title: "基本情况",
      fields: [
        "name",
        "office_id",
        "region",
        "address",
        "stage",
        "list2_kind",
        "sector",
        "category",
        "grade",
        "project_code",
        "lists",
        "content",
        "emerging_industry",
        "is_tech_upgrade",
      ],
    },
    {
      title: "投资（万元）",
      fields: ["total_investment", "annual_plan_investment", "completed_investment", "funding"],
    },
    {
      title: "单位与人员",
      fields: [
        "owner",
        "owner_lead",
        "owner_lead_phone",
        "owner_permit_clerk",
        "responsible_unit",
        "lead_unit",
        "sponsor",
      ],
    },
    {
      title: "进度",
      fields: [
        "started_on",
        "completed_on",
        "started_text",
        "completed_text",
        "annual_goal",
        "image_progress",
        "problems",
        "permits_note",
      ],
    },
    { title: "资料来源", fields: ["status_text", "as_of", "origin", "origin_code", "note"] },
  ],
  // 入统入库 has a form of its own (计划与投资).
  ["stats_state", "stats_papers", "stats_entered_on", "stats_note"],
);

/** The sections without some fields: a street's projects are always its own, so it never chooses the office. */
export function projectGroupsWithout(...names: FieldName<"project">[]) {
  return projectGroups.map((group) => ({ ...group, fields: group.fields.filter((field) => !names.includes(field)) }));
}
