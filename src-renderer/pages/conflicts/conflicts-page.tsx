import { Button, Group } from "@mantine/core";
import { IconArrowLeft, IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useRef, useState } from "react";
import type { ConflictFilter } from "#contract/exchange.ts";
import { isAmong } from "#domain/conflict.ts";
import { api } from "#renderer/app/rpc.ts";
import { useShortcut } from "#renderer/app/shortcuts.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListButtons } from "#renderer/components/list-tools.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";
import type { SizedColumn } from "#renderer/components/table-types.ts";
import { Waiting } from "#renderer/components/waiting.tsx";
import { ConflictCard } from "./conflict-card.tsx";
import { ConflictFilters } from "./conflict-filter.tsx";
import classes from "./conflicts.module.css";
import { SettleDialog } from "./settle-dialog.tsx";

/** Cards drawn at once; the next ones follow as these are settled. */
const SHOWN = 50;
const EVERYTHING: ConflictFilter = { field: null, office: null };

/** The cards on paper and in the spreadsheet. */
const columns: readonly SizedColumn[] = [
  { key: "project", width: 220 },
  { key: "record", width: 160 },
  { key: "field", width: 110 },
  { key: "used", width: 260 },
  { key: "others", width: 260 },
];

/** Two offices wrote the same field without knowing of each other: side by side, settled by choice or by a rule. */
export function ConflictsPage() {
  const query = useQuery(api.exchange.conflicts.queryOptions());
  const [filter, setFilter] = useState(EVERYTHING);
  const [isSettling, setSettling] = useState(false);
  const cards = useRef<HTMLDivElement>(null);
  useShortcut(
    "↓",
    "到第一处冲突（空格选，Enter 采用）",
    useCallback(() => cards.current?.querySelector<HTMLElement>("input[type=radio]")?.focus(), []),
  );
  const total = query.data?.length ?? 0;
  const shown = query.data?.filter((conflict) => isAmong(conflict, filter)) ?? [];
  return (
    <>
      <PageHeader title="冲突处理" subtitle={subtitle(total, shown.length)}>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            renderRoot={(props) => <Link to="/sync" {...props} />}
          >
            回到同步
          </Button>
          <ListButtons
            list={{ list: "conflicts", filter }}
            columns={columns}
            storageKey="conflicts"
            isEmpty={shown.length === 0}
          />
          {shown.length > 1 && (
            <Button leftSection={<IconChecks size={16} aria-hidden />} onClick={() => setSettling(true)}>
              按规则处理 {shown.length} 处
            </Button>
          )}
        </Group>
      </PageHeader>
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Waiting what="正在读取冲突" height={240} />}
      {query.data && total === 0 && (
        <EmptyState title="没有待处理的冲突" next="导入同步包后如有冲突，会在导航栏显示数目。" />
      )}
      {query.data && total > 1 && <ConflictFilters conflicts={query.data} value={filter} onChange={setFilter} />}
      {total > 0 && shown.length === 0 && (
        <EmptyState title="选中的项和单位已没有冲突">
          <Button variant="default" onClick={() => setFilter(EVERYTHING)}>
            看其余 {total} 处
          </Button>
        </EmptyState>
      )}
      <div ref={cards} className={classes.cards}>
        {shown.slice(0, SHOWN).map((conflict) => (
          <ConflictCard key={conflict.id} conflict={conflict} />
        ))}
      </div>
      <SettleDialog
        conflictIds={shown.map(({ id }) => id)}
        opened={isSettling && shown.length > 0}
        onClose={() => setSettling(false)}
      />
    </>
  );
}

function subtitle(total: number, shown: number): string {
  if (total === 0) return "两边都改了同一项、而当时互不知道，就会列在这里。";
  const counts = shown < total ? `筛出 ${shown} 处，共 ${total} 处待处理` : `${total} 处待处理`;
  const first = shown > SHOWN ? `，先列出 ${SHOWN} 处` : "";
  return `${counts}${first}。两边都改了同一项，程序暂用较晚的一个；请核实后选定，结果会随同步包告诉各单位。`;
}
