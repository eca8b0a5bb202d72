import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import type { IssueRow } from "#contract/issues.ts";
import type { IssueView } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { ColumnMenu } from "#renderer/components/column-menu.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { useColumnChoice } from "#renderer/components/use-columns.ts";
import { useWindowedRows } from "#renderer/components/use-windowed-rows.ts";
import { WindowedTable } from "#renderer/components/windowed-table.tsx";
import { IssueActs } from "./issue-acts.tsx";
import { initialIssueColumns, issueColumns } from "./issue-columns.tsx";
import { IssueFilters } from "./issue-filters.tsx";
import { type IssuesSearch, noConditions } from "./search.ts";

export type IssueListProps = {
  filter: IssuesSearch;
  onChange: (next: IssuesSearch) => void;
  onOpen: (issue: IssueRow) => void;
};

/** Every view but 待跟进, which is written in (follow-up-list.tsx). */
type ListedView = Exclude<IssueView, "silent">;

/** One view of the issues; several can be ticked (Space) and acted on together. */
export function IssueList({
  view,
  filter,
  onChange,
  onOpen,
  onRaise,
}: IssueListProps & { view: ListedView; onRaise: () => void }) {
  const { asOf } = useLightDate();
  const { office } = useSession();
  const [ticked, setTicked] = useState<ReadonlyMap<string, IssueRow>>(new Map());
  const { sort, ...conditions } = filter;
  const rows = useWindowedRows((offset, limit) =>
    api.issues.list.queryOptions({ input: { filter: { ...conditions, view }, sort, offset, limit, asOf } }),
  );
  const all = issueColumns(asOf);
  const columns = useColumnChoice("issues", all, initialIssueColumns(office.level));
  const isFiltered = Object.entries(conditions).some(([name, value]) => name !== "view" && value !== undefined);
  const toggle = (issue: IssueRow) =>
    setTicked((before) => {
      const next = new Map(before);
      if (!next.delete(issue.id)) next.set(issue.id, issue);
      return next;
    });
  const chosen = [...ticked.values()];
  return (
    <>
      <ListTools
        list={{ list: "issues", filter: { ...conditions, view }, sort }}
        columns={columns.shown}
        storageKey="issues"
        isEmpty={rows.rowCount === 0}
        withColumnChoice
      >
        <ColumnMenu columns={all} choice={columns} fixed="title" />
      </ListTools>
      <IssueFilters
        filter={filter}
        projectName={rows.rowAt(0)?.projectName}
        onChange={onChange}
        onClear={() => onChange(noConditions)}
      />
      {chosen.length > 0 && (
        <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
          <Text size="sm">已选 {chosen.length} 个</Text>
          <IssueActs issues={chosen} onDone={() => setTicked(new Map())} />
          <Button size="compact-sm" variant="subtle" onClick={() => setTicked(new Map())}>
            取消选择
          </Button>
        </Group>
      )}
      <WindowedTable
        label="问题清单"
        storageKey="issues"
        columns={columns.shown}
        rows={rows}
        rowKey={(issue) => issue.id}
        sort={sort}
        onSort={(next) => onChange({ sort: next as IssuesSearch["sort"] })}
        onOpen={onOpen}
        selection={{
          has: ({ id }) => ticked.has(id),
          toggle,
          canSelect: ({ acts }) => acts.length > 0,
          nameOf: ({ title }) => title,
        }}
        empty={<NoIssues view={view} isFiltered={isFiltered} onRaise={onRaise} />}
        counted="个问题"
      />
    </>
  );
}

const nothing: Record<Exclude<ListedView, "open">, [title: string, next: string]> = {
  awaiting: ["没有等待答复的问题", "下级上报的问题随同步包到达后列在这里；答复随下一个同步包发回。"],
  supervised: ["没有挂牌督办的问题", "报到市级的问题由市级挂牌督办，挂牌后列在这里。"],
  relief: ["难点纾解清单是空的", "打开一个问题，点“列入难点纾解清单”即可。"],
  overdue: ["没有超期的问题", "办理期限已过仍未解决的问题列在这里。"],
  closed: ["还没有销号的问题", "解决并得到业主回音后可以销号。"],
};

function NoIssues({ view, isFiltered, onRaise }: { view: ListedView; isFiltered: boolean; onRaise: () => void }) {
  if (isFiltered) return <EmptyState title="没有符合条件的问题" next="请放宽上面的条件，或点“清除条件”。" />;
  if (view !== "open") return <EmptyState title={nothing[view][0]} next={nothing[view][1]} />;
  return (
    <EmptyState
      title="没有未销号的问题"
      next="走访、调度、督查中发现的问题和12345热线工单都记在这里，按 i 键几秒钟就能提出一个。"
    >
      <Button onClick={onRaise}>提出问题</Button>
    </EmptyState>
  );
}
