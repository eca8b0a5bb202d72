import { Badge, Button, Checkbox, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { OfficeEntry } from "#contract/office.ts";
import { flatTree, searchTree, type TreeLine } from "#domain/office-tree.ts";
import { enrolments, officeKinds } from "#domain/values.ts";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import { SearchInput } from "#renderer/components/search-input.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { VirtualTable } from "#renderer/components/virtual-table.tsx";

const route = getRouteApi("/offices");

type Acts = { onInvite: (entry: OfficeEntry) => void; onRevoke: (entry: OfficeEntry) => void };
type Props = Acts & { onOpen?: (entry: OfficeEntry) => void };

/** The whole tree, children under their parent; the enrolment of this office's direct children. */
export function OfficeTree({ onOpen, ...acts }: Props) {
  const { office } = useSession();
  const { search = "", whole } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(api.offices.list.queryOptions());
  const isCity = office.level === "city";
  const rootId = isCity || whole ? undefined : office.id;
  const tree = useMemo(() => flatTree(query.data ?? [], rootId), [query.data, rootId]);
  const lines = useMemo(() => searchTree(tree, search), [tree, search]);
  const isNarrowed = search.trim() !== "";
  const joined = query.data?.filter(({ enrolment }) => enrolment === "active").length ?? 0;
  const children = query.data?.filter(({ enrolment }) => enrolment !== "not_child").length ?? 0;
  const columns: TableColumn<TreeLine<OfficeEntry>>[] = [
    {
      key: "name",
      header: "单位",
      width: 280,
      render: ({ entry, depth }) => (
        <span
          style={{ paddingLeft: isNarrowed ? 0 : depth * 22, fontWeight: entry.id === office.id ? 700 : undefined }}
        >
          {entry.name}
          {entry.id === office.id && "（本单位）"}
        </span>
      ),
    },
    { key: "kind", header: "性质", width: 120, render: ({ entry }) => officeKinds[entry.kind] },
    ...(isNarrowed ? [parentColumn] : []),
    { key: "code", header: "区划代码", width: 130, render: ({ entry }) => entry.division_code ?? "" },
    {
      key: "projects",
      header: "管理项目",
      width: 90,
      align: "end",
      render: ({ entry }) => (entry.projectCount === 0 ? "" : entry.projectCount.toLocaleString("zh-CN")),
    },
    // A street has nobody below it who could join.
    ...(office.level === "street" ? [] : [enrolmentColumn(acts)]),
    {
      key: "state",
      header: "备注",
      width: 150,
      render: ({ entry }) => (entry.valid_to ? `停用 ${entry.valid_to}` : ""),
    },
  ];
  return (
    <>
      <ListTools
        list={{ list: "offices", search, rootId }}
        columns={columns}
        storageKey="offices"
        isEmpty={lines.length === 0}
      />
      <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
        <SearchInput
          label="搜索单位"
          placeholder="名称、别名、拼音首字母  /"
          value={search}
          onChange={useCallback(
            (text: string) =>
              void navigate({ search: (before) => ({ ...before, search: text || undefined }), replace: true }),
            [navigate],
          )}
        />
        {!isCity && (
          <Checkbox
            label="显示全市"
            checked={whole === true}
            onChange={({ currentTarget: { checked } }) =>
              void navigate({ search: (before) => ({ ...before, whole: checked || undefined }), replace: true })
            }
          />
        )}
        {children > 0 && (
          <Text size="sm" c="var(--text-quiet)">
            直接下级 {children} 个，已加入 {joined} 个。先“邀请”，再“接纳加入申请”，然后到“同步”交换文件。
          </Text>
        )}
      </Group>
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      <VirtualTable
        label="单位"
        storageKey="offices"
        columns={columns}
        rowCount={lines.length}
        rowAt={(index) => lines[index]}
        rowKey={({ entry }) => entry.id}
        onOpen={onOpen && (({ entry }) => onOpen(entry))}
        empty={query.data && <EmptyState title="没有符合的单位" next="换一个词试试。" />}
        footer={query.isPending ? null : <span>共 {lines.length} 个单位</span>}
      />
    </>
  );
}

const parentColumn: TableColumn<TreeLine<OfficeEntry>> = {
  key: "parent",
  header: "上级",
  width: 200,
  render: ({ parentName }) => parentName,
};

const enrolmentColumn = (acts: Acts): TableColumn<TreeLine<OfficeEntry>> => ({
  key: "enrolment",
  header: "加入情况",
  width: 270,
  render: ({ entry }) => <Enrolment entry={entry} {...acts} />,
});

function Enrolment({ entry, onInvite, onRevoke }: Acts & { entry: OfficeEntry }) {
  if (entry.enrolment === "not_child") return null;
  return (
    <Group gap="xs" wrap="nowrap">
      <Badge color={{ none: "gray", invited: "blue", active: "teal" }[entry.enrolment]}>
        {enrolments[entry.enrolment]}
      </Badge>
      {entry.enrolment === "active" ? (
        <Button size="compact-xs" variant="subtle" color="red" onClick={() => onRevoke(entry)}>
          挂失
        </Button>
      ) : (
        <Button size="compact-xs" variant="default" onClick={() => onInvite(entry)}>
          {entry.enrolment === "none" ? "邀请" : "重新邀请"}
        </Button>
      )}
    </Group>
  );
}
