import { Button, Group, Loader, Text } from "@mantine/core";
import { useState } from "react";
import type { PreviewRow, SpreadsheetPreview } from "#contract/spreadsheet.ts";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { PageTabs } from "#renderer/components/page-tabs.tsx";
import { BadCells } from "./bad-cells.tsx";
import { type ColumnChoice, Columns } from "./columns.tsx";
import { PreviewRows } from "./preview-rows.tsx";

type Props = {
  preview: SpreadsheetPreview;
  isReading: boolean;
  readError: unknown;
  isCommitting: boolean;
  commitError: unknown;
  onColumns: (change: ColumnChoice) => void;
  onCommit: (skipRows: number[]) => void;
};

/** What the import would do: rows, unusable cells, columns; nothing is written before 确认导入. */
export function Preview({ preview, onColumns, onCommit, ...state }: Props) {
  const [tab, setTab] = useState<"rows" | "bad" | "columns">("rows");
  const [skipped, setSkipped] = useState<ReadonlySet<number>>(new Set());
  const { counts } = preview;
  const chosen = (status: PreviewRow["status"]) =>
    preview.rows.filter((row) => row.status === status && !skipped.has(row.row)).length;
  const created = chosen("new");
  const changed = chosen("changed");
  const toggle = (row: number) =>
    setSkipped((before) => new Set(before.has(row) ? [...before].filter((each) => each !== row) : [...before, row]));
  return (
    <>
      <Group gap="md" mb={8} style={{ flexShrink: 0 }}>
        <Text size="sm">
          <b>{preview.fileName}</b>
          {preview.sheetName && `，工作表“${preview.sheetName}”`}
          {preview.encoding && `，${preview.encoding}`}，{preview.dataRows.toLocaleString("zh-CN")} 行
        </Text>
        <Button
          loading={state.isCommitting}
          disabled={created + changed === 0 || state.isReading}
          onClick={() => onCommit([...skipped])}
        >
          确认导入（新增 {created}，修改 {changed}）
        </Button>
        {state.isCommitting && (
          <Text size="sm" role="status">
            正在写入…
          </Text>
        )}
        {state.isReading && <Loader size="xs" aria-label="正在重新读取" />}
      </Group>
      <FailureAlert error={state.commitError ?? state.readError} />
      <PageTabs
        label="导入预览"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: "rows", label: "各行", count: counts.total },
          { value: "bad", label: "有问题的格子", count: preview.badCells.length },
          { value: "columns", label: "列对应", count: preview.columns.length },
        ]}
      >
        {tab === "rows" && <PreviewRows preview={preview} skipped={skipped} onToggle={toggle} onSkip={setSkipped} />}
        {tab === "bad" && <BadCells cells={preview.badCells} />}
        {tab === "columns" && <Columns columns={preview.columns} disabled={state.isReading} onChange={onColumns} />}
      </PageTabs>
    </>
  );
}
