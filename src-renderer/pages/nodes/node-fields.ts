import { completeGroups, otherFields } from "#renderer/components/field-groups.ts";
import type { FieldGroup } from "#renderer/components/record-form.tsx";

const nodePlanFields: FieldGroup<"node"> = {
  title: "计划",
  fields: ["name", "planned_on", "planned_month", "responsible_unit", "responsible_person", "position"],
};

export const nodeCompletionFields: FieldGroup<"node"> = {
  title: "完成情况",
  fields: ["actual_on", "completion_note", "evidence"],
};

/** Fields that the registry has gained since these groups were laid out. */
export const nodeOtherFields = otherFields("node", [
  "project_id",
  ...nodePlanFields.fields,
  ...nodeCompletionFields.fields,
]);

/** The whole form of a node; its project comes from the page. */
export const nodeGroups = completeGroups("node", [nodePlanFields, nodeCompletionFields], ["project_id"]);
