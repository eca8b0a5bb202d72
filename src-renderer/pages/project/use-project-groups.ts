import { useSession } from "#renderer/app/session.tsx";
import { projectGroups, projectGroupsWithout } from "./project-fields.ts";

/** The form sections this office may fill. */
export function useProjectGroups() {
  const { office } = useSession();
  return office.level === "street" ? projectGroupsWithout("office_id") : projectGroups;
}
