import { completeGroups } from "#renderer/components/field-groups.ts";

/** The form of a secretary's assignment; its project comes from the page. */
export const assignmentGroups = completeGroups(
  "assignment",
  [{ fields: ["person_id", "role", "from_on", "to_on"] }],
  ["project_id"],
);
