import { Badge, Button, Checkbox, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { searchKey, searchNeedle } from "#domain/pinyin.ts";
import { api, type client } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { SearchInput } from "#renderer/components/search-input.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { VirtualTable } from "#renderer/components/virtual-table.tsx";

export type PersonEntry = Awaited<ReturnType<typeof client.people.list>>[number];
type Column = TableColumn<PersonEntry>;

const route = getRouteApi("/people");

const name: Column = {
  key: "name",
  header: "姓名",
  width: 140,
  render: (person) => (
    <Group gap={6} wrap="nowrap" component="span" display="flex">
      {person.name}
      {person.archived_on && <Badge color="gray">已停用</Badge>}
    </Group>
  ),
};
const shared: Column[] = [
  { key: "office", header: "所在单位", width: 160, render: (person) => person.officeName },
  { key: "duty", header: "职务", width: 150, render: (person) => person.duty ?? "" },
  { key: "phone", header: "联系电话", width: 130, render: (person) => person.phone ?? "" },
];
const figures: Column[] = [
  {
    key: "projects",
    header: "服务项目",
    width: 90,
    align: "end",
    render: (person) => (person.projectCount === 0 ? "" : person.projectCount),
  },
  {
    key: "visits",
    header: "走访次数",
    width: 90,
    align: "end",
    render: (person) => (person.visitCount === 0 ? "" : person.visitCount),
  },
  { key: "last", header: "最近走访", width: 110, render: (person) => person.lastVisitOn ?? "" },
];
const unit: Column = { key: "unit", header: "责任单位", width: 160, render: (person) => person.secretary_unit ?? "" };
const isSecretary: Column = {
  key: "is_secretary",
  header: "服务秘书",
  width: 90,
  render: (person) => (person.is_secretary === 1 ? "是" : ""),
};

const secretaryColumns = [name, unit, ...figures, ...shared];
const personColumns = [name, ...shared, isSecretary, ...figures];

type Props = { secretariesOnly: boolean; onOpen: (person: PersonEntry) => void; onAdd: () => void };

/** People by office and name; for secretaries with what they serve. */
export function Roster({ secretariesOnly, onOpen, onAdd }: Props) {
  const { search = "", stopped = false } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({
    ...api.people.list.queryOptions({ input: { secretariesOnly, includeArchived: stopped } }),
    placeholderData: (before) => before,
  });
  const keyed = useMemo(
    () => query.data?.map((person) => ({ person, key: searchKey(`${person.name} ${person.officeName}`) })) ?? [],
    [query.data],
  );
  const needle = searchNeedle(search);
  const rows = keyed.filter(({ key }) => key.includes(needle)).map(({ person }) => person);
  const change = useCallback(
    (next: { search?: string; stopped?: boolean }) =>
      void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const columns = secretariesOnly ? secretaryColumns : personColumns;
  const storageKey = secretariesOnly ? "secretaries" : "people";
  return (
    <>
      <ListTools
        list={{ list: "people", secretariesOnly, includeArchived: stopped, search }}
        columns={columns}
        storageKey={storageKey}
        isEmpty={rows.length === 0}
      />
      <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
        <SearchInput
          label="搜索人员"
          placeholder="姓名、单位、拼音首字母  /"
          value={search}
          onChange={useCallback((text: string) => change({ search: text || undefined }), [change])}
        />
        <Checkbox
          label="含已停用"
          checked={stopped}
          onChange={(event) => change({ stopped: event.currentTarget.checked || undefined })}
        />
      </Group>
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      <VirtualTable
        label={secretariesOnly ? "服务秘书" : "人员名册"}
        storageKey={storageKey}
        columns={columns}
        rowCount={rows.length}
        rowAt={(index) => rows[index]}
        rowKey={(person) => person.id}
        onOpen={onOpen}
        empty={query.data && <Nobody isFiltered={needle !== ""} secretariesOnly={secretariesOnly} onAdd={onAdd} />}
        footer={query.isPending ? null : <span>共 {rows.length.toLocaleString("zh-CN")} 人</span>}
      />
    </>
  );
}

type NobodyProps = { isFiltered: boolean; secretariesOnly: boolean; onAdd: () => void };

function Nobody({ isFiltered, secretariesOnly, onAdd }: NobodyProps) {
  if (isFiltered) return <EmptyState title="没有符合的人员" next="换一个词，或勾选“含已停用”。" />;
  return (
    <EmptyState
      title={secretariesOnly ? "名册里还没有服务秘书" : "名册还是空的"}
      next={secretariesOnly ? "添加人员并打开“服务秘书”，就可以安排到项目。" : "添加本单位和下级单位的人员。"}
    >
      <Button onClick={onAdd}>添加人员</Button>
    </EmptyState>
  );
}
