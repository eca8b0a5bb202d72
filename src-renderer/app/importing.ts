/** The import of a bundle, whatever page is open: how far it is, and what came of it. */

import { notifications } from "@mantine/notifications";
import { type MutationState, useIsMutating, useMutation, useMutationState } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ImportProgress, ImportReport } from "#contract/exchange.ts";
import { errorText } from "./error-text.ts";
import { api, client, queryClient } from "./rpc.ts";
import { refreshAll } from "./undo.tsx";
import { useProgress } from "./use-progress.ts";

type Import = MutationState<ImportReport, Error, { file: File }>;

const IMPORT = { mutationKey: ["import-bundle"] };

/** Places that show what came of an import; while there is none, a notification says it. */
let showing = 0;

/** The import that the core has under way, also one that another window began; null when there is none. */
export function useImporting(): ImportProgress | null {
  // The core has the import under way only when it has the whole file.
  return useProgress(api.exchange.importing.experimental_liveOptions(), useIsMutating(IMPORT) > 0);
}

/** Begins an import; `latest` is the last one of this window, which is forgotten when its place is left. */
export function useImport(): { latest: Import | undefined; begin: (file: File) => void } {
  const { mutate } = useMutation({
    ...IMPORT,
    mutationFn: (input: { file: File }) => client.exchange.import(input),
    gcTime: Number.POSITIVE_INFINITY,
    onSuccess: async ({ summary }) => {
      if (showing === 0) notifications.show({ title: "导入完成", message: summary, color: "green", autoClose: false });
      await refreshAll();
    },
    onError: (error) => {
      if (showing > 0) return;
      notifications.show({ title: "没有导入", message: errorText(error), color: "red", autoClose: false });
    },
  });
  useEffect(() => {
    showing++;
    return () => {
      showing--;
      const cache = queryClient.getMutationCache();
      for (const done of cache.findAll(IMPORT)) if (done.state.status !== "pending") cache.remove(done);
    };
  }, []);
  const latest = useMutationState({ filters: IMPORT, select: ({ state }) => state as Import }).at(-1);
  return { latest, begin: (file) => mutate({ file }) };
}

/** Where the import is, in words. */
export function phaseText({ phase, done, total }: ImportProgress): string {
  const [now, all] = [done, total].map((count) => count.toLocaleString("zh-CN"));
  if (phase === "check") return done === 0 ? "正在核对签名并解密" : `正在校验 ${now} / ${all} 条`;
  if (phase === "write") return "正在写入磁盘";
  return done < total ? `正在合并 ${now} / ${all} 条` : `已合并 ${all} 条，正在整理索引`;
}

/** Percent for the bar: most of the time goes into merging. */
export function percentOf({ phase, done, total }: ImportProgress): number {
  const share = done / Math.max(1, total);
  if (phase === "check") return 5 + Math.round(15 * share);
  return phase === "write" ? 98 : 20 + Math.round(75 * share);
}
