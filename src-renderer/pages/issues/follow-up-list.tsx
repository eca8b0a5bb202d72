import { Button, Group, Kbd, Text, TextInput } from "@mantine/core";
import { type KeyboardEvent, useCallback, useRef, useState } from "react";
import type { IssueRow } from "#contract/issues.ts";
import { silentBefore } from "#domain/issue-time.ts";
import { issueLevels } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api, client } from "#renderer/app/rpc.ts";
import { useSettings } from "#renderer/app/use-settings.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { SettingBasis } from "#renderer/components/setting-basis.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { useWindowedRows } from "#renderer/components/use-windowed-rows.ts";
import { WindowedTable } from "#renderer/components/windowed-table.tsx";
import { issueLastEntry, issueProject, issueTitle } from "./issue-columns.tsx";
import { IssueFilters } from "./issue-filters.tsx";
import type { IssueListProps } from "./issue-list.tsx";
import { noConditions } from "./search.ts";

const basis = ["issue.silentDays"] as const;

/** R-13, 逐月跟进: issues of which nothing was written this month, or for the days the city set; saved together. */
export function FollowUpList({ filter, onChange, onOpen }: IssueListProps) {
  const { asOf } = useLightDate();
  const settings = useSettings();
  const since = silentBefore(settings, asOf);
  const days = settings["issue.silentDays"];
  const [written, setWritten] = useState<ReadonlyMap<string, string>>(new Map());
  const frame = useRef<HTMLDivElement>(null);
  const { sort, ...conditions } = filter;
  const rows = useWindowedRows((offset, limit) =>
    api.issues.list.queryOptions({ input: { filter: { ...conditions, view: "silent" }, sort, offset, limit, asOf } }),
  );
  const save = useWrite(client.issues.followUp, {
    done: (_, { entries }) => `已跟进 ${entries.length} 个问题。`,
    onDone: () => setWritten(new Map()),
  });
  const entries = [...written].filter(([, content]) => content.trim()).map(([id, content]) => ({ id, content }));
  const submit = useCallback(() => {
    if (entries.length > 0 && !save.isPending) save.mutate({ entries });
  }, [entries, save]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === "Enter" || event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Enter" && event.ctrlKey) return submit();
    if (step === 0) return;
    event.preventDefault();
    const lines = [...(frame.current?.querySelectorAll<HTMLInputElement>("input[data-line]") ?? [])];
    lines[lines.indexOf(event.currentTarget) + step]?.focus();
  };

  const line: TableColumn<IssueRow> = {
    key: "line",
    screenOnly: true,
    header: "本月进展",
    width: 330,
    render: (issue) =>
      issue.acts.includes("follow_up") ? (
        <TextInput
          size="xs"
          data-line
          aria-label={`本月进展：${issue.title}`}
          placeholder="写一句进展，回车到下一行"
          maxLength={4000}
          value={written.get(issue.id) ?? ""}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setWritten((before) => new Map(before).set(issue.id, value));
          }}
          onKeyDown={onKeyDown}
        />
      ) : (
        "本单位只能查看"
      ),
  };
  const columns: TableColumn<IssueRow>[] = [
    issueTitle,
    line,
    issueProject,
    { key: "level", header: "层级", width: 120, sortable: true, render: (issue) => issueLevels[issue.level] },
    issueLastEntry,
    { key: "found_on", header: "发现日期", width: 104, sortable: true, render: (issue) => issue.found_on },
    { key: "office", header: "管理单位", width: 120, render: (issue) => issue.officeName },
  ];
  return (
    <div ref={frame} style={{ display: "contents" }}>
      <ListTools
        list={{ list: "issues", filter: { ...conditions, view: "silent" }, sort }}
        columns={columns}
        storageKey="issues-silent"
        isEmpty={rows.rowCount === 0}
      />
      <IssueFilters
        filter={filter}
        projectName={rows.rowAt(0)?.projectName}
        onChange={onChange}
        onClear={() => onChange(noConditions)}
      />
      <Group gap={12} mb={8} mih={30} style={{ flexShrink: 0 }}>
        <Text size="sm" c="var(--text-quiet)" component="div">
          {days === null ? "逐月跟进（天数未设定，按月）" : `${days} 天没有办理记录`}：{since}{" "}
          以来没有办理记录的未解决问题。
          <SettingBasis keys={basis} />
          <Kbd size="xs">Enter</Kbd> 下一行，<Kbd size="xs">Ctrl</Kbd> + <Kbd size="xs">Enter</Kbd> 一起保存。
        </Text>
        <Button size="compact-sm" disabled={entries.length === 0} loading={save.isPending} onClick={submit}>
          保存{entries.length > 0 && ` ${entries.length} 条`}
        </Button>
      </Group>
      <WindowedTable
        label="待跟进的问题"
        storageKey="issues-silent"
        columns={columns}
        rows={rows}
        rowKey={(issue) => issue.id}
        sort={sort}
        onSort={(next) => onChange({ sort: next as IssueListProps["filter"]["sort"] })}
        onOpen={onOpen}
        empty={
          <EmptyState
            title="没有待跟进的问题"
            next={`未解决的问题 ${since} 以来都有办理记录；过些日子没有新记录的会再列在这里，给每个写一句进展。`}
          />
        }
        counted="个问题待跟进"
      />
    </div>
  );
}
