/** A block from a spreadsheet into the month's grid: row by row, or to the projects whose names stand in its first column. */

import { Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReportRow } from "#contract/monthly-reports.ts";
import { type GridField, gridFields, type PastedLine, readPaste } from "#domain/month-grid.ts";
import { client } from "#renderer/app/rpc.ts";
import type { CellPlace, GridColumn } from "#renderer/components/sheet-grid/grid-types.ts";
import type { Input, useEntries } from "./use-entries.ts";

type Options = {
  month: string;
  columns: readonly GridColumn<ReportRow>[];
  entries: ReturnType<typeof useEntries>;
  rowsIn: (top: number, bottom: number) => Promise<ReportRow[] | null>;
  /** Shows exactly these projects: pasted rows may stand anywhere in the list. */
  showOnly: (projectIds: string[]) => void;
};

const MOST_NAMED = 2000;

export function usePaste({ month, columns, entries, rowsIn, showOnly }: Options) {
  const paste = async (block: string[][], at: CellPlace) => {
    const key = columns[at.column]?.key ?? "";
    const start = key === "name" ? "name" : gridFields.find((field) => field === key);
    if (!start) return tell("不能粘贴到这里", ["请选在“项目名称”到“存在问题”之间的格子上再粘贴。"]);
    const lines = readPaste(block, start as GridField | "name");
    if (lines.length === 0) return;
    if (lines[0]?.name === null) {
      const rows = await rowsIn(at.row, at.row + lines.length - 1);
      if (rows) entries.enter(rows.flatMap((row, index) => inputs(row, lines[index])));
      const beyond = lines.length - (rows?.length ?? lines.length);
      if (beyond > 0) tell("有几行没有粘贴", [`表格到底了，最后 ${beyond} 行没有对应的项目。`]);
      return;
    }
    await pasteByName(lines.slice(0, MOST_NAMED));
  };

  const pasteByName = async (lines: readonly PastedLine[]) => {
    const matches = await client.monthlyReports.match({ names: lines.map(({ name }) => name ?? "") });
    const ids = matches.flatMap(({ projectId }) => (projectId ? [projectId] : []));
    const { rows } = await client.monthlyReports.list({ month, filter: { ids }, offset: 0, limit: MOST_NAMED });
    const byId = new Map(rows.map((row) => [row.projectId, row]));
    entries.enter(
      matches.flatMap(({ projectId }, index) => {
        const row = byId.get(projectId ?? "");
        return row ? inputs(row, lines[index]) : [];
      }),
    );
    if (ids.length > 0) showOnly(ids);
    const missed = matches.filter(({ reason }) => reason !== "");
    if (missed.length > 0) {
      tell(
        `按名称对上 ${ids.length} 个项目，${missed.length} 个没有对上`,
        missed.map(({ name, reason }) => `${name}：${reason}`),
      );
    }
  };

  return (block: string[][], at: CellPlace) => void paste(block, at);
}

function inputs(row: ReportRow, line: PastedLine | undefined): Input[] {
  return (line?.cells ?? []).map((cell) => ({ row, ...cell }));
}

function tell(title: string, lines: readonly string[]): void {
  modals.openConfirmModal({
    title,
    children: (
      <Stack gap={4} mah="50vh" style={{ overflowY: "auto" }}>
        {lines.map((line) => (
          <Text key={line} size="sm">
            {line}
          </Text>
        ))}
      </Stack>
    ),
    labels: { confirm: "知道了", cancel: "" },
    cancelProps: { display: "none" },
    closeButtonProps: { "aria-label": "关闭" },
  });
}
