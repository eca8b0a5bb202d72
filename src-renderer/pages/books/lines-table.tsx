import { Group, Select } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { BookLine, MonthBooks } from "#contract/books.ts";
import { leadText, moneyCell } from "#domain/figures-text.ts";
import { wholeMonths } from "#domain/light-verdicts.ts";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import { LightChips } from "#renderer/components/light-chips.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { useWindowedRows } from "#renderer/components/use-windowed-rows.ts";
import { WindowedTable } from "#renderer/components/windowed-table.tsx";
import type { BooksSearch } from "./search.ts";

type Props = { books: MonthBooks; search: BooksSearch; onChange: (next: BooksSearch) => void };

/** The month's line of every project. */
export function LinesTable({ books, search, onChange }: Props) {
  const { month, officeId, parts } = books;
  const { partId, lights = [] } = search;
  const navigate = useNavigate();
  const rows = useWindowedRows((offset, limit) =>
    api.books.lines.queryOptions({ input: { month, officeId, partId, lights, offset, limit } }),
  );
  const columns = columnsOf(wholeMonths(books.date));
  const counts = parts.find((part) => part.officeId === partId)?.figures ?? books.whole;
  return (
    <>
      <ListTools
        list={{ list: "bookLines", filter: { month, officeId, partId, lights } }}
        columns={columns}
        storageKey="books-lines"
        isEmpty={rows.rowCount === 0}
      />
      <Group gap={8} mb={8} style={{ flexShrink: 0 }}>
        <Select
          aria-label="单位"
          placeholder="全部单位"
          w={200}
          clearable
          searchable
          data={parts.map(({ officeId: value, name }) => ({ value, label: name }))}
          value={partId ?? null}
          onChange={(value) => onChange({ partId: value ?? undefined })}
        />
        <LightChips
          counts={counts}
          chosen={lights}
          onChange={(next) => onChange({ lights: next.length > 0 ? next : undefined })}
        />
      </Group>
      <WindowedTable
        label={`${month} 各项目`}
        storageKey="books-lines"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.projectId}
        onOpen={(row) => void navigate({ to: "/projects/$projectId", params: { projectId: row.projectId } })}
        empty={<EmptyState title="没有符合条件的项目" next="请换一个单位，或再点一次灯号取消筛选。" />}
        counted="个项目；投资单位：万元"
      />
    </>
  );
}

function columnsOf(months: number): TableColumn<BookLine>[] {
  const number = (
    key: string,
    header: string,
    width: number,
    of: (row: BookLine) => string,
  ): TableColumn<BookLine> => ({
    key,
    header,
    width,
    align: "end",
    render: of,
  });
  return [
    { key: "name", header: "项目名称", width: 280, render: (row) => row.projectName },
    { key: "office", header: "管理单位", width: 110, render: (row) => row.officeName },
    { key: "light", header: "灯号", width: 78, render: (row) => <LightBadge light={row.light} reason={row.reason} /> },
    { key: "reason", header: "亮灯原因", width: 240, render: (row) => row.reason },
    number("nodes", "节点按期/应完成", 120, (row) => (row.nodesDue === 0 ? "" : `${row.nodesDone}/${row.nodesDue}`)),
    number("overdue", "逾期节点", 84, (row) => (row.nodesOverdue === 0 ? "" : String(row.nodesOverdue))),
    number("planned", "当月计划投资", 110, (row) => moneyCell(row.monthPlanned)),
    number("completed", "当月完成投资", 110, (row) => moneyCell(row.monthCompleted)),
    number("plan", "年度计划", 100, (row) => moneyCell(row.annualPlan)),
    number("year", "当年完成", 100, (row) => moneyCell(row.yearCompleted)),
    number("lead", "超欠序时（百分点）", 130, (row) => leadText(row.yearCompleted, row.annualPlan, months)),
  ];
}
