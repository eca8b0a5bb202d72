import { Badge, Button, Drawer, Group, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { PreviewRow, SpreadsheetPreview } from "#contract/spreadsheet.ts";
import { Chip } from "#renderer/components/chip.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { VirtualTable } from "#renderer/components/virtual-table.tsx";
import classes from "./import.module.css";

type Status = PreviewRow["status"];

const statuses: Record<Status, { label: string; color: string }> = {
  new: { label: "新增", color: "teal" },
  changed: { label: "修改", color: "blue" },
  same: { label: "相同", color: "gray" },
  repeated: { label: "表内重复", color: "orange" },
  unusable: { label: "不能用", color: "red" },
};
const order = Object.keys(statuses) as Status[];

const columns: TableColumn<PreviewRow>[] = [
  { key: "row", header: "行", width: 60, align: "end", render: (row) => row.row },
  {
    key: "status",
    header: "结果",
    width: 92,
    render: ({ status }) => <Badge color={statuses[status].color}>{statuses[status].label}</Badge>,
  },
  { key: "name", header: "项目名称", width: 320, render: (row) => row.name },
  {
    key: "bad",
    header: "问题格子",
    width: 84,
    align: "end",
    render: (row) => (row.badCells === 0 ? "" : row.badCells),
  },
  { key: "changes", header: "将写入", width: 620, render: (row) => changesText(row) },
];

type Props = {
  preview: SpreadsheetPreview;
  skipped: ReadonlySet<number>;
  onToggle: (row: number) => void;
  onSkip: (rows: ReadonlySet<number>) => void;
};

/** Every data row of the file with what happens to it; a row without its tick is left out. */
export function PreviewRows({ preview, skipped, onToggle, onSkip }: Props) {
  const [status, setStatus] = useState<Status | null>(null);
  const [opened, setOpened] = useState<PreviewRow | null>(null);
  const rows = status ? preview.rows.filter((row) => row.status === status) : preview.rows;
  const writing = rows.filter(writes);
  const isAnySkipped = writing.some((row) => skipped.has(row.row));
  const toggleShown = () => {
    const numbers = new Set(writing.map((row) => row.row));
    const others = [...skipped].filter((row) => !numbers.has(row));
    onSkip(new Set(isAnySkipped ? others : [...others, ...numbers]));
  };
  return (
    <>
      <Group gap={8} mb={8} style={{ flexShrink: 0 }}>
        {order.map((each) => (
          <Chip key={each} isPressed={status === each} onClick={() => setStatus(status === each ? null : each)}>
            {statuses[each].label} <b>{preview.counts[each].toLocaleString("zh-CN")}</b>
          </Chip>
        ))}
        <Button size="compact-sm" variant="subtle" disabled={writing.length === 0} onClick={toggleShown}>
          {isAnySkipped ? "全部勾选" : "全部不导入"}
        </Button>
        <Text size="sm" c="var(--text-quiet)">
          去掉勾（空格键）就不导入这一行；Enter 看改动的前后。
        </Text>
      </Group>
      <VirtualTable
        label="导入预览"
        storageKey="import-rows"
        columns={columns}
        rowCount={rows.length}
        rowAt={(index) => rows[index]}
        rowKey={(row) => String(row.row)}
        selection={{
          has: (row) => !skipped.has(row.row),
          toggle: (row) => onToggle(row.row),
          canSelect: writes,
          nameOf: (row) => `第 ${row.row} 行`,
        }}
        onOpen={setOpened}
        empty={<EmptyState title="没有这种行" next="再点一次上面的分类可看全部。" />}
        footer={<span>共 {rows.length.toLocaleString("zh-CN")} 行</span>}
      />
      <Drawer
        opened={opened !== null}
        onClose={() => setOpened(null)}
        title={opened ? `第 ${opened.row} 行：${opened.name}` : ""}
        size={680}
      >
        {opened && <RowDetails row={opened} preview={preview} />}
      </Drawer>
    </>
  );
}

const writes = ({ status }: PreviewRow) => status === "new" || status === "changed";

/** "总投资：1,200 万元 → 1,500 万元；…"; for a new project just its values. */
function changesText({ status, changes }: PreviewRow): string {
  return changes
    .map(({ label, before, after }) =>
      status === "new" ? `${label} ${after}` : `${label}：${before || "（空）"} → ${after || "（空）"}`,
    )
    .join("；");
}

function RowDetails({ row, preview }: { row: PreviewRow; preview: SpreadsheetPreview }) {
  const bad = preview.badCells.filter((cell) => cell.row === row.row);
  return (
    <>
      {row.changes.length === 0 ? (
        <EmptyState title="这一行不写入任何内容" />
      ) : (
        <Table aria-label="改动">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={150}>内容</Table.Th>
              <Table.Th>台账现在</Table.Th>
              <Table.Th>导入后</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {row.changes.map((change) => (
              <Table.Tr key={change.label}>
                <Table.Td>{change.label}</Table.Td>
                <Table.Td className={classes.before}>{change.before}</Table.Td>
                <Table.Td>{change.after || "（空）"}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {bad.length > 0 && (
        <section aria-label="有问题的格子">
          <Text size="sm" fw={600} mt="md">
            有问题的格子，不写入
          </Text>
          {bad.map((cell) => (
            <Text key={cell.column} size="sm">
              {cell.column}：“{cell.value}”，{cell.reason}
            </Text>
          ))}
        </section>
      )}
    </>
  );
}
