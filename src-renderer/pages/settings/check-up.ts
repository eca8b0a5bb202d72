/** The check-up of this window: it goes on when its page is left, and what it found stays until the next one. */
import { type MutationState, skipToken, useMutation, useMutationState, useQuery } from "@tanstack/react-query";
import { localDateTime } from "#domain/calendar.ts";
import { type Finding, type HealthPart, healthParts } from "#domain/health.ts";
import { keysOf } from "#domain/values.ts";
import { api, client, queryClient } from "#renderer/app/rpc.ts";
import { refreshAll } from "#renderer/app/undo.tsx";
import { useProgress } from "#renderer/app/use-progress.ts";

export const checkedParts = keysOf(healthParts);

/** The part that is looked at, what was found so far, and when all was seen; null before. */
type Found = { part: HealthPart; findings: Finding[]; seenAt: string | null };

const CHECK = { mutationKey: ["check-up"] };
const REBUILD = { mutationKey: ["rebuild-tables"] };
const FOUND = ["found-by-check-up"];
const NOTHING: Found = { part: "file", findings: [], seenAt: null };

/** Whether the looks that follow the one under way are still wanted. */
let isWanted = true;

function setFound(change: (before: Found) => Found): void {
  queryClient.setQueryData<Found>(FOUND, (before) => change(before ?? NOTHING));
}

/** Part by part, so that the clerk sees how far it is; false when it was stopped between two. */
async function lookAtAll(): Promise<boolean> {
  isWanted = true;
  setFound(() => NOTHING);
  for (const part of checkedParts) {
    setFound((before) => ({ ...before, part }));
    const found = await client.maintenance.check({ part });
    if (!isWanted) return false;
    setFound((before) => ({ ...before, findings: [...before.findings, ...found] }));
  }
  setFound((before) => ({ ...before, seenAt: localDateTime(Date.now()) }));
  return true;
}

/** The last one with this key, whichever visit of the page began it. */
function useLatest<T>(filters: { mutationKey: string[] }): MutationState<T> | undefined {
  return useMutationState({ filters, select: ({ state }) => state as MutationState<T> }).at(-1);
}

function forget(filters: { mutationKey: string[] }): void {
  const cache = queryClient.getMutationCache();
  for (const done of cache.findAll(filters)) cache.remove(done);
}

export function useCheckUp() {
  const found = useQuery<Found>({ queryKey: FOUND, queryFn: skipToken, gcTime: Number.POSITIVE_INFINITY });
  const check = useMutation({ ...CHECK, mutationFn: lookAtAll, gcTime: Number.POSITIVE_INFINITY });
  const rebuild = useMutation({
    ...REBUILD,
    mutationFn: () => client.maintenance.rebuild(),
    gcTime: Number.POSITIVE_INFINITY,
    onSuccess: async ({ findings: tables }) => {
      setFound(({ findings, ...before }) => ({
        ...before,
        findings: checkedParts.flatMap((each) =>
          each === "tables" ? tables : findings.filter(({ part }) => part === each),
        ),
      }));
      await refreshAll();
    },
  });
  const stop = useMutation({
    mutationFn: () => {
      // The look that is under way, and those that would follow.
      isWanted = false;
      return client.maintenance.cancelCheck();
    },
  });
  const checked = useLatest<boolean>(CHECK);
  const rebuilt = useLatest<{ backup: string }>(REBUILD);
  const isChecking = checked?.status === "pending";
  const progress = useProgress(api.maintenance.checking.experimental_liveOptions(), isChecking);
  return {
    found: found.data ?? NOTHING,
    checked,
    rebuilt,
    isChecking,
    progress,
    stopping: stop.isPending,
    check: () => {
      if (isChecking) return;
      forget(CHECK);
      forget(REBUILD);
      check.mutate();
    },
    stop: () => stop.mutate(),
    rebuild: () => {
      forget(REBUILD);
      rebuild.mutate();
    },
  };
}
