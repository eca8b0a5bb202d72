import type { FieldGroup } from "#renderer/components/record-form.tsx";

export const nodePlanFields: FieldGroup<"node"> = {
  title: "计划",
  fields: ["name", "planned_on", "planned_month", "responsible_unit", "responsible_person"],
};

export const nodeCompletionFields: FieldGroup<"node"> = {
  title: "完成情况",
  fields: ["actual_on", "completion_note", "evidence"],
};
