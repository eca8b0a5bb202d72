/** What can be done with the rows of the month: save, send up, take the last month's words over, review. */
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import type { ReportFilter, ReportRow } from "#contract/monthly-reports.ts";
import type { GridField } from "#domain/month-grid.ts";
import type { ReviewAct } from "#domain/review.ts";
import { reviewWords } from "#domain/review.ts";
import { api, client } from "#renderer/app/rpc.ts";
import { undoWrite } from "#renderer/app/undo.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import type { CellEntry, GridColumn, GridRange } from "#renderer/components/sheet-grid/grid-types.ts";
import { asSaved, type useEntries, withEntries } from "./use-entries.ts";

/** So many rows one act takes (see the contract). */
const MOST_ROWS = 2000;

type Options = {
  month: string;
  filter: ReportFilter;
  entries: ReturnType<typeof useEntries>;
  range: GridRange;
  rowCount: number;
};

export type MonthActs = ReturnType<typeof useMonthActs>;

export function useMonthActs({ month, filter, entries, range, rowCount }: Options) {
  const queryClient = useQueryClient();
  const saving = useWrite(client.monthlyReports.save, {
    done: ({ changed, submitted }) =>
      submitted > 0 ? `已上报 ${submitted} 个项目的月报。` : `已保存 ${changed} 个项目的月报。`,
  });
  const reviewing = useWrite(client.monthlyReports.review, {
    done: (_, { act, projectIds }) => `已${reviewWords[act]} ${projectIds.length} 份月报。`,
  });

  /** The rows from `top` to `bottom`, loaded where they are not on screen; null when they are too many. */
  const rowsIn = async (top: number, bottom: number): Promise<ReportRow[] | null> => {
    const last = Math.min(bottom, rowCount - 1);
    if (last - top + 1 > MOST_ROWS) {
      say(`一次最多办理 ${MOST_ROWS} 行，请先筛选或缩小选择。`);
      return null;
    }
    if (last < top) return [];
    const input = { month, filter, offset: top, limit: last - top + 1 };
    return (await queryClient.fetchQuery(api.monthlyReports.list.queryOptions({ input, staleTime: 0 }))).rows;
  };
  const selectedRows = () => rowsIn(range.top, range.bottom);

  const hasProblems = () => {
    const bad = entries.all().filter(({ problem }) => problem !== "");
    if (bad.length > 0) say(`有 ${bad.length} 格不正确（红字），改正或去掉后再保存；现在什么都没有保存。`);
    return bad.length > 0;
  };

  const write = async (submit: string[]) => {
    const given = entries.all();
    const written = await saving
      .mutateAsync({ month, entries: asSaved(given), submit: submit.length > 0 ? submit : undefined })
      .catch(() => null);
    // What was typed meanwhile stays.
    if (written) entries.drop((entry) => given.includes(entry));
  };

  const save = () => {
    if (hasProblems()) return;
    if (entries.all().length === 0) say("没有需要保存的内容。");
    else void write([]);
  };

  const submit = async () => {
    if (hasProblems()) return;
    const rows = await selectedRows();
    if (!rows) return;
    const open = rows.filter(({ acts }) => acts.includes("submit")).map((row) => withEntries(row, entries.at));
    const ready = open.filter((row) => row.completed_investment !== null || row.image_progress);
    const empty = open.length - ready.length;
    if (ready.length === 0) {
      say(open.length === 0 ? "所选的行都已上报或不能上报。" : "所选的行还没有填形象进度或实际完成投资。");
      return;
    }
    await write(ready.map(({ projectId }) => projectId));
    if (empty > 0) say(`另有 ${empty} 个项目还没有填写，没有上报。`);
  };

  const takeOver = async () => {
    const rows = await selectedRows();
    if (!rows) return;
    const open = rows.flatMap((row) => {
      const text = row.previousProgress;
      const isBlank = !withEntries(row, entries.at).image_progress && row.lockedReason === "";
      return text && isBlank ? [{ row, field: "image_progress" as const, text }] : [];
    });
    if (open.length > 0) entries.enter(open);
    say(
      open.length > 0 ? `已填入上月形象进度 ${open.length} 个，请核对后保存。` : "所选的行没有可以沿用的上月形象进度。",
    );
  };

  const review = async (act: ReviewAct, reason?: string): Promise<boolean> => {
    const rows = (await selectedRows())?.filter(({ acts }) => acts.includes(act)) ?? [];
    if (rows.length === 0) {
      say(`所选的行没有可以${reviewWords[act]}的月报。`);
      return false;
    }
    const projectIds = rows.map(({ projectId }) => projectId);
    return reviewing.mutateAsync({ month, projectIds, act, reason }).then(
      () => true,
      () => false,
    );
  };

  const undo = () => {
    if (!entries.undo()) void undoWrite();
  };

  return {
    isPending: saving.isPending || reviewing.isPending,
    save,
    submit: () => void submit(),
    takeOver: () => void takeOver(),
    review,
    reviewError: reviewing.error,
    rowsIn,
    discard: () => entries.drop(() => true),
    dropBad: () => entries.drop(({ problem }) => problem !== ""),
    /** The command of a key; null for keys of the grid itself. */
    commandOf: (event: KeyboardEvent): (() => void) | null => {
      const isTyping = event.target instanceof HTMLElement && event.target.dataset.editing !== undefined;
      const key = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.key.toLowerCase()}`;
      const commands: Record<string, () => void> = {
        "Ctrl+s": save,
        f9: () => void takeOver(),
        f8: () => void submit(),
      };
      if (!isTyping) commands["Ctrl+z"] = undo;
      return commands[key] ?? null;
    },
    /** Texts of the grid's cells as entries of their projects. */
    enterCells:
      (columns: readonly GridColumn<ReportRow>[], rowAt: (index: number) => ReportRow | undefined) =>
      (cells: readonly CellEntry[]) =>
        entries.enter(
          cells.flatMap(({ row: index, column, text }) => {
            const row = rowAt(index);
            return row ? [{ row, field: columns[column]?.key as GridField, text }] : [];
          }),
        ),
  };
}

function say(message: string): void {
  notifications.show({ id: "month-grid", message, color: "gray", autoClose: 6000 });
}
