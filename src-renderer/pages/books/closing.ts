/** Closing a month from a page: how far the closing is that the core has under way, also one of another window. */
import type { ClosingProgress } from "#contract/books.ts";
import { api, client } from "#renderer/app/rpc.ts";
import { useProgress } from "#renderer/app/use-progress.ts";
import { useWrite } from "#renderer/app/use-write.tsx";

export function useClosing(month: string): { close: () => void; isClosing: boolean; progress: ClosingProgress | null } {
  const { mutate, isPending } = useWrite(client.books.close, { done: `${month} 已对账，随下一个同步包送出。` });
  const progress = useProgress(api.books.closing.experimental_liveOptions(), isPending);
  return { close: () => mutate({ month }), isClosing: isPending, progress };
}

/** Where the closing is, in words. */
export function phaseText({ phase, done, total }: ClosingProgress): string {
  if (phase === "figures") return "正在汇总各项目的数字";
  if (phase === "corrections")
    return `正在核对以前各月有没有更正，已核对 ${Math.floor((done / Math.max(1, total)) * 100)}%`;
  if (phase === "write") return "正在写入，请稍候…";
  const [now, all] = [done, total].map((count) => count.toLocaleString("zh-CN"));
  return `正在整理各项目的账，${now} / ${all} 个`;
}

/** Percent for the bar: most of the time goes into looking for corrections. */
export function percentOf({ phase, done, total }: ClosingProgress): number {
  const share = done / Math.max(1, total);
  if (phase === "figures") return 2;
  if (phase === "corrections") return 5 + Math.round(70 * share);
  return phase === "lines" ? 75 + Math.round(20 * share) : 97;
}
