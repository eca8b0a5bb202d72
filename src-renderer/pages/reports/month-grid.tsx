import { getRouteApi } from "@tanstack/react-router";
import { type KeyboardEvent, useCallback, useMemo, useState } from "react";
import type { ReportFilter } from "#contract/monthly-reports.ts";
import { monthOf } from "#domain/calendar.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import type { CellPlace, GridRange } from "#renderer/components/sheet-grid/grid-types.ts";
import { SheetGrid } from "#renderer/components/sheet-grid/sheet-grid.tsx";
import type { SizedColumn } from "#renderer/components/table-types.ts";
import { useWindowedRows } from "#renderer/components/use-windowed-rows.ts";
import { ActionBar } from "./action-bar.tsx";
import { CellDetail } from "./cell-detail.tsx";
import { gridColumns } from "./grid-columns.tsx";
import { DueStages, GridFilters, GridSearch } from "./grid-filters.tsx";
import { GridFoot } from "./grid-foot.tsx";
import classes from "./reports.module.css";
import type { ReportsSearch } from "./search.ts";
import { useEntries } from "./use-entries.ts";
import { useLeaveGuard } from "./use-leave-guard.ts";
import { useMonthActs } from "./use-month-acts.ts";
import { usePaste } from "./use-paste.tsx";

const route = getRouteApi("/reports");

/** 填报与审核: the office's projects of one month, filled in like a spreadsheet and saved or sent up as one act. */
export function MonthGrid() {
  const { asOf } = useLightDate();
  const { office } = useSession();
  const current = monthOf(asOf);
  const { month = current, state = "all", search, officeId } = route.useSearch();
  const navigate = route.useNavigate();
  const [ids, setIds] = useState<string[]>();
  const filter = useMemo<ReportFilter>(
    () => (ids ? { ids } : { search, officeId, state }),
    [ids, search, officeId, state],
  );
  const rows = useWindowedRows((offset, limit) =>
    api.monthlyReports.list.queryOptions({ input: { month, filter, offset, limit } }),
  );
  const [selected, setSelected] = useState<{ range: GridRange; active: CellPlace }>(nothing);
  const entries = useEntries();
  const columns = gridColumns(entries.at, office.level !== "street");
  const acts = useMonthActs({ month, filter, entries, range: selected.range, rowCount: rows.rowCount });
  const onPaste = usePaste({ month, columns, entries, rowsIn: acts.rowsIn, showOnly: setIds });
  const unsaved = entries.all();
  const askFirst = useLeaveGuard(unsaved.length, () => entries.drop(() => true));

  const change = useCallback(
    (next: Partial<ReportsSearch>) =>
      askFirst(() => {
        setIds(undefined);
        void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
      }),
    [navigate, askFirst],
  );
  const onSelect = useCallback((range: GridRange, active: CellPlace) => setSelected({ range, active }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const command = acts.commandOf(event);
    if (!command || event.nativeEvent.isComposing) return;
    event.preventDefault();
    command();
  };
  const row = rows.rowAt(selected.active.row);
  const { summary } = rows;

  return (
    // The keys come from the grid's own text field.
    <section className={classes.grid} aria-label={`${month} 月报`} onKeyDown={onKeyDown}>
      <ListTools
        list={{ list: "reports", month, filter }}
        columns={state === "returned" ? [...columns, reviewNote] : columns}
        storageKey="month-grid"
        isEmpty={rows.rowCount === 0}
      />
      <GridFilters
        month={month}
        current={current}
        filter={{ search, officeId, state }}
        chosenOnly={ids?.length}
        counts={summary?.counts}
        onChange={change}
        onAll={() => setIds(undefined)}
      />
      <ActionBar acts={acts} unsaved={unsaved} range={selected.range} rowAt={rows.rowAt}>
        {state === "due" && !ids && <DueStages />}
        <GridSearch filter={filter} onChange={change} />
      </ActionBar>
      <FailureAlert error={rows.error} onRetry={rows.refetch} />
      <SheetGrid
        label={`${month} 月报`}
        columns={columns}
        startColumn={START}
        rowCount={rows.rowCount}
        rowAt={rows.rowAt}
        rowKey={(each) => each.projectId}
        nameOf={(each) => each.projectName}
        onRange={rows.onRange}
        onEnter={acts.enterCells(columns, rows.rowAt)}
        onPaste={onPaste}
        onSelect={onSelect}
        empty={rows.isPending ? null : <Nothing isFiltered={state !== "all" || !!search || !!officeId} />}
      />
      <CellDetail row={row} column={columns[selected.active.column]} />
      <GridFoot summary={summary} unsaved={unsaved} acts={acts} onShowOnly={setIds} />
    </section>
  );
}

/** On paper and in the spreadsheet only: the page shows it below the grid. */
const reviewNote: SizedColumn = { key: "review_note", width: 150 };

/** The column of what was really done: what is entered most. */
const START = 2;
const nothing = { range: { top: 0, bottom: 0, left: START, right: START }, active: { row: 0, column: START } };

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <EmptyState title="没有符合条件的项目" next="换一个月份或状态，或清空搜索。" />;
  return <EmptyState title="还没有项目" next="先到“项目台账”导入或新建项目，这里每月列出它们的月报。" />;
}
