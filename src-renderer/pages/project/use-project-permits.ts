import { useQuery } from "@tanstack/react-query";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";

/** The permits of the project as they stand on the day of the lights. */
export function useProjectPermits(projectId: string) {
  const { asOf } = useLightDate();
  return useQuery({
    ...api.permits.ofProject.queryOptions({ input: { projectId, asOf } }),
    placeholderData: (before) => before,
  });
}
