/**
 * Service secretaries of a project (S2, S3): one secretary, and for 重特大 projects a 加强型 team of several. Each
 * serves from a day to a day, or until further notice.
 */
import type { Row } from "./registry.ts";

type Period = Pick<Row<"assignment">, "from_on" | "to_on">;

/** True while the assignment is in force on `date`; both its days count. */
export function isInForce({ from_on, to_on }: Period, date: string): boolean {
  return from_on <= date && (to_on === null || to_on >= date);
}

/** The person who leads the work on the project on `date`: the 服务秘书, not a mere member of the team. */
export function leadSecretary(
  assignments: readonly (Period & Pick<Row<"assignment">, "role" | "person_id">)[],
  date: string,
): string | undefined {
  return assignments.find((assignment) => assignment.role === "lead" && isInForce(assignment, date))?.person_id;
}
