import { completeGroups } from "#renderer/components/field-groups.ts";
import type { FieldGroup } from "#renderer/components/record-form.tsx";

const plan: FieldGroup<"permit"> = { fields: ["name", "groups", "authority", "position"] };
const handling: FieldGroup<"permit"> = {
  title: "办理",
  fields: ["planned_on", "applied_on", "actual_on", "certificate_no"],
};
const deficiency: FieldGroup<"permit"> = {
  title: "容缺受理",
  fields: ["is_deficient", "deficient_until", "deficient_done_on"],
};

/** The form of a permit; its project comes from the page. */
export const permitGroups = completeGroups(
  "permit",
  [plan, handling, deficiency, { fields: ["note"] }],
  ["project_id", "redo_reason"],
);

/** Of one that came from a template: its name is how the template knows it. */
export const templatePermitGroups = permitGroups.map((group) => ({
  ...group,
  fields: group.fields.filter((field) => field !== "name"),
}));

/** Of one that does another again. */
export const redoneGroups = [{ fields: ["redo_reason"] as const }, ...templatePermitGroups];

/** What the clerk gives when a permit is done again. */
export const redoGroups: FieldGroup<"permit">[] = [
  { fields: ["redo_reason", "planned_on", "applied_on", "authority"] },
];
