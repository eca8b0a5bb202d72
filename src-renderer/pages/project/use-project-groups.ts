import type { FieldName } from "#domain/registry.ts";
import { useSession } from "#renderer/app/session.tsx";
import { projectGroupsWithout } from "./project-fields.ts";

/** The form sections this office may fill. What an annual plan says is entered there, and the ledger's figure is past. */
export function useProjectGroups({ hasAnnualPlan = false } = {}) {
  const { office } = useSession();
  const hidden: FieldName<"project">[] = hasAnnualPlan ? ["annual_plan_investment", "annual_goal"] : [];
  return projectGroupsWithout(...hidden, ...(office.level === "street" ? (["office_id"] as const) : []));
}
