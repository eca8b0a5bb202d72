import { Badge, Button, Checkbox, Group, Menu, Text } from "@mantine/core";
import { IconCopy, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { TemplateEntry } from "#contract/templates.ts";
import type { TemplateKind } from "#domain/template.ts";
import { membersText, sourceText, templateStanding, templateStandings } from "#domain/template-text.ts";
import { keysOf, templateKinds } from "#domain/values.ts";
import { api, client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { askConfirm } from "#renderer/components/confirm.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import type { TableColumn } from "#renderer/components/table-types.ts";
import { VirtualTable } from "#renderer/components/virtual-table.tsx";
import { type Opened, TemplateEditor } from "./template-editor.tsx";

const route = getRouteApi("/offices");

/** The city's templates and this program's examples; the city edits, everybody reads and uses them. */
export function TemplatesTab() {
  const { office } = useSession();
  const isCity = office.level === "city";
  const { archived = false } = route.useSearch();
  const navigate = route.useNavigate();
  const [opened, setOpened] = useState<Opened | null>(null);
  const list = useQuery({
    ...api.templates.list.queryOptions({ input: { archived } }),
    placeholderData: (before) => before,
  });
  const rows = list.data ?? [];
  const columns: TableColumn<TemplateEntry>[] = [
    { key: "name", header: "模板", width: 170, render: ({ name }) => name },
    { key: "kind", header: "用途", width: 84, render: ({ kind }) => templateKinds[kind] },
    { key: "project_kind", header: "适用项目", width: 88, render: ({ projectKind }) => projectKind },
    { key: "items", header: "内容", width: isCity ? 336 : 420, render: ({ content }) => membersText(content) },
    { key: "source", header: "依据", width: isCity ? 112 : 160, render: ({ source }) => sourceText(source) },
    { key: "state", header: "状态", width: 118, render: (template) => <State template={template} /> },
    ...(isCity ? [actsColumn(setOpened)] : []),
  ];
  return (
    <>
      <ListTools
        list={{ list: "templates", archived }}
        columns={columns}
        storageKey="templates"
        isEmpty={rows.length === 0}
      />
      <Group justify="space-between" mb={8} style={{ flexShrink: 0 }}>
        <Text size="sm" c="var(--text-quiet)" maw={760}>
          {isCity
            ? "全市共用，随同步包下发。项目页的“手续”和“倒排工期”从这里取用；改模板不会改动已经建立的内容。"
            : "模板由市级制定，随同步包下发；本单位可以查看和使用。"}
        </Text>
        <Group gap="md">
          <Checkbox
            label="显示已停用"
            checked={archived}
            onChange={({ currentTarget: { checked } }) =>
              void navigate({ search: (before) => ({ ...before, archived: checked || undefined }), replace: true })
            }
          />
          {isCity && <NewButton onChoose={(kind) => setOpened({ kind })} />}
        </Group>
      </Group>
      <FailureAlert error={list.error} onRetry={() => void list.refetch()} />
      <VirtualTable
        label="模板"
        storageKey="templates"
        columns={columns}
        rowCount={rows.length}
        rowAt={(index) => rows[index]}
        rowKey={({ id }) => id}
        onOpen={(template) => setOpened({ kind: template.kind, template })}
        empty={null}
        footer={list.isPending ? null : <span>共 {rows.length} 个模板</span>}
      />
      <TemplateEditor opened={opened} onClose={() => setOpened(null)} onCopy={setOpened} />
    </>
  );
}

const actsColumn = (onOpen: (opened: Opened) => void): TableColumn<TemplateEntry> => ({
  key: "acts",
  header: "办理",
  width: 156,
  screenOnly: true,
  render: (template) => <Acts template={template} onOpen={onOpen} />,
});

function NewButton({ onChoose }: { onChoose: (kind: TemplateKind) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconPlus size={16} aria-hidden />}>新建模板</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {keysOf(templateKinds).map((kind) => (
          <Menu.Item key={kind} onClick={() => onChoose(kind)}>
            {templateKinds[kind]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const standingColors = { example: "orange", archived: "gray", newer: "orange", inUse: "teal" } as const;

function State({ template }: { template: TemplateEntry }) {
  const standing = templateStanding(template);
  return <Badge color={standingColors[standing]}>{templateStandings[standing]}</Badge>;
}

function Acts({ template, onOpen }: { template: TemplateEntry; onOpen: (opened: Opened) => void }) {
  const archive = useWrite(client.templates.archive, { done: "模板已停用。" });
  const restore = useWrite(client.templates.restore, { done: "模板已恢复使用。" });
  const { id, name, kind, isExample, archivedOn, content } = template;
  return (
    <Group gap={4} wrap="nowrap">
      {content && (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconCopy size={14} aria-hidden />}
          onClick={() => onOpen({ kind, template, isCopy: true })}
        >
          复制
        </Button>
      )}
      {!isExample && archivedOn && (
        <Button size="compact-sm" variant="subtle" loading={restore.isPending} onClick={() => restore.mutate({ id })}>
          恢复
        </Button>
      )}
      {!isExample && !archivedOn && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          loading={archive.isPending}
          onClick={() =>
            askConfirm({
              title: "停用模板",
              message: `“${name}”不能再用来建立新的内容；已经建立的不受影响。以后可以恢复。`,
              confirm: "停用",
              danger: true,
              onConfirm: () => archive.mutate({ id }),
            })
          }
        >
          停用
        </Button>
      )}
    </Group>
  );
}
