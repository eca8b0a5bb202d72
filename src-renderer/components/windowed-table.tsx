import type { ReactNode } from "react";
import { FailureAlert } from "./failure-alert.tsx";
import type { WindowedRows } from "./use-windowed-rows.ts";
import { VirtualTable, type VirtualTableProps } from "./virtual-table.tsx";

type Props<T> = Omit<VirtualTableProps<T>, "rowCount" | "rowAt" | "onRange" | "footer"> & {
  rows: WindowedRows<T>;
} & Footer;
/** What is counted under the rows, as "个项目", or a footer of its own. */
type Footer = { counted: string; footer?: never } | { counted?: never; footer: ReactNode };

/** A table of a list that is loaded window by window; says what went wrong, and claims nothing while it loads. */
export function WindowedTable<T>({ rows, counted, footer, empty, ...table }: Props<T>) {
  const { rowCount, rowAt, onRange, isPending, error, refetch } = rows;
  const total = <span>{`共 ${rowCount.toLocaleString("zh-CN")} ${counted}`}</span>;
  return (
    <>
      <FailureAlert error={error} onRetry={refetch} />
      <VirtualTable
        {...table}
        rowCount={rowCount}
        rowAt={rowAt}
        onRange={onRange}
        empty={isPending ? null : empty}
        footer={isPending ? null : (footer ?? total)}
      />
    </>
  );
}
