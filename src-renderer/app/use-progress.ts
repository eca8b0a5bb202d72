import { type UseQueryOptions, useQuery } from "@tanstack/react-query";

/** Work that is over sooner needs no telling. */
const LOOK_EVERY_MS = 300;

/**
 * How far long work is that the core has under way, also work that another window began; null when there is none.
 * `live`: the query that tells its steps. `isAsked`: this window has asked for such work, which the core may not have
 * begun yet.
 */
export function useProgress<T>(live: UseQueryOptions<T | null>, isAsked: boolean): T | null {
  const { data, isError } = useQuery({
    ...live,
    // What was told last, before its page was left, is not how far it is now.
    staleTime: 0,
    refetchInterval: ({ state }) => (isAsked && !state.data ? LOOK_EVERY_MS : false),
  });
  return isError ? null : (data ?? null);
}
