import { Button, Text } from "@mantine/core";
import { IconPlus, IconPrinter, IconUpload } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback } from "react";
import { groupedMoney } from "#domain/money.ts";
import { useBooksOn, useLedgerQueries } from "#renderer/app/books-on.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { useShortcut } from "#renderer/app/shortcuts.ts";
import { useSettings } from "#renderer/app/use-settings.ts";
import { ColumnMenu } from "#renderer/components/column-menu.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { useColumnChoice } from "#renderer/components/use-columns.ts";
import { useWindowedRows } from "#renderer/components/use-windowed-rows.ts";
import { WindowedTable } from "#renderer/components/windowed-table.tsx";
import { CreateProject } from "./create-project.tsx";
import { initialProjectColumns, projectColumns } from "./project-columns.tsx";
import { ProjectFilters } from "./project-filters.tsx";
import type { ProjectsSearch } from "./search.ts";

/** 0.01 亿元 in hundredths of 万元: totals beside the exact 万元 are for reading only. */
const HUNDREDTH_OF_YI = 10_000;

const route = getRouteApi("/projects");

/** The ledger of today, or of the past day that the address names; no row of the one is shown under the other. */
export function ProjectsPage() {
  return <Ledger key={useBooksOn() ?? "today"} />;
}

function Ledger() {
  const { sort, create, booksOn: _, ...filter } = route.useSearch();
  const booksOn = useBooksOn();
  const ledger = useLedgerQueries();
  const navigate = route.useNavigate();
  const { asOf } = useLightDate();
  const columns = useColumnChoice("projects", projectColumns, initialProjectColumns);
  const rows = useWindowedRows((offset, limit) => ledger.list({ filter, sort, offset, limit, asOf }));
  const change = useCallback(
    (next: ProjectsSearch) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const openCreate = useCallback(() => !booksOn && change({ create: true }), [change, booksOn]);
  useShortcut("n", "新建项目", openCreate);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const { summary } = rows;

  return (
    <>
      <PageHeader title={`${booksOn ? `${booksOn} 的` : ""}项目台账${filter.archived ? "（已归档）" : ""}`}>
        {!booksOn && (
          <>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={openCreate}>
              新建项目
            </Button>
            <Button
              variant="default"
              leftSection={<IconUpload size={16} aria-hidden />}
              renderRoot={(props) => <Link to="/import" {...props} />}
            >
              导入表格
            </Button>
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden />}
              renderRoot={(props) => <Link to="/print" search={{ sheet: "progress", filter, sort }} {...props} />}
            >
              打印进度表
            </Button>
          </>
        )}
        <ColumnMenu columns={projectColumns} choice={columns} fixed="name" />
      </PageHeader>
      <ListTools
        list={{ list: "projects", filter, sort, booksOn: booksOn ?? undefined }}
        columns={columns.shown}
        storageKey="projects"
        isEmpty={!summary?.total}
        withColumnChoice
      />
      <ProjectFilters
        filter={filter}
        onChange={change}
        onClear={() => void navigate({ search: { sort, booksOn: booksOn ?? undefined } })}
      />
      <WindowedTable
        label="项目台账"
        storageKey="projects"
        columns={columns.shown}
        rows={rows}
        rowKey={(row) => row.id}
        sort={sort}
        onSort={(next) => change({ sort: next })}
        onOpen={(row) =>
          void navigate({
            to: "/projects/$projectId",
            params: { projectId: row.id },
            search: { booksOn: booksOn ?? undefined },
          })
        }
        empty={
          <NoProjects
            isFiltered={isFiltered}
            byVisits={filter.unvisitedOnly === true}
            booksOn={booksOn}
            onCreate={openCreate}
          />
        }
        footer={
          summary && (
            <>
              <Text size="sm">
                共 <b>{summary.total.toLocaleString("zh-CN")}</b> 个项目
              </Text>
              <Total label="总投资" hundredths={summary.totalInvestment} />
              <Total label="年度计划投资" hundredths={summary.annualPlanInvestment} />
            </>
          )
        }
      />
      <CreateProject opened={create === true} onClose={() => change({ create: undefined })} />
    </>
  );
}

function Total({ label, hundredths }: { label: string; hundredths: number | undefined }) {
  // Not yet added up: the books of a past day take a moment.
  if (hundredths === undefined) return null;
  return (
    <Text size="sm">
      {label} <b>{groupedMoney(hundredths, "万元")}</b> 万元（
      {groupedMoney(Math.round(hundredths / HUNDREDTH_OF_YI) * HUNDREDTH_OF_YI, "亿元")} 亿元）
    </Text>
  );
}

function NoProjects({
  isFiltered,
  byVisits,
  booksOn,
  onCreate,
}: {
  isFiltered: boolean;
  byVisits: boolean;
  booksOn: string | null;
  onCreate: () => void;
}) {
  const visitDays = useSettings()["visit.overdueDays"];
  if (byVisits && visitDays === null && !booksOn)
    return (
      <EmptyState
        title="走访天数未设定，没有项目算到期未走访"
        next="天数由市级在“单位与设定”中设定，随同步包下发；点“清除条件”可看全部项目。"
      />
    );
  if (isFiltered) return <EmptyState title="没有符合条件的项目" next="请放宽上面的条件，或点“清除条件”。" />;
  if (booksOn) return <EmptyState title={`${booksOn} 的台账还是空的`} next="请换一个日期，或点上面的“回到今天”。" />;
  return (
    <EmptyState
      title="台账还是空的"
      next="可以从 Excel 表格导入现有台账，也可以逐个新建；上级发来的同步包也会带来项目。"
    >
      <Button onClick={onCreate}>新建项目</Button>
    </EmptyState>
  );
}
