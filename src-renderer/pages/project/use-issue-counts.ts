import { useQuery } from "@tanstack/react-query";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";

/** The project's problems per view; undefined while they are counted. */
export function useIssueCounts(projectId: string) {
  const { asOf } = useLightDate();
  return useQuery(api.issues.counts.queryOptions({ input: { filter: { projectId }, asOf } })).data;
}
