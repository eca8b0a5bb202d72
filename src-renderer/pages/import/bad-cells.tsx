import type { BadCell } from "#contract/spreadsheet.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { VirtualTable } from "#renderer/components/virtual-table.tsx";

const columns: TableColumn<BadCell>[] = [
  { key: "row", header: "行", width: 64, align: "end", render: (cell) => cell.row },
  { key: "column", header: "列", width: 200, render: (cell) => cell.column },
  { key: "value", header: "表中的内容", width: 300, render: (cell) => cell.value },
  { key: "reason", header: "原因", width: 480, render: (cell) => cell.reason },
];

/** Every cell that could not be read: where, what it says, why. */
export function BadCells({ cells }: { cells: readonly BadCell[] }) {
  return (
    <VirtualTable
      label="有问题的格子"
      storageKey="import-bad"
      columns={columns}
      rowCount={cells.length}
      rowAt={(index) => cells[index]}
      rowKey={(cell) => `${cell.row} ${cell.column}`}
      empty={<EmptyState title="所有格子都读懂了" next="到“各行”核对新增和修改的内容，再点“确认导入”。" />}
      footer={<span>共 {cells.length.toLocaleString("zh-CN")} 个；这些格子不写入，同一行的其他内容照常导入。</span>}
    />
  );
}
