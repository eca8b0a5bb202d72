import { Button, Skeleton } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "#renderer/app/rpc.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { ConflictCard } from "./conflict-card.tsx";
import classes from "./conflicts.module.css";

/** Cards drawn at once; the next ones follow as these are settled. */
const SHOWN = 50;

/** Two offices wrote the same field without knowing of each other: side by side, settled by choice. */
export function ConflictsPage() {
  const query = useQuery(api.exchange.conflicts.queryOptions());
  const total = query.data?.length ?? 0;
  return (
    <>
      <PageHeader
        title="冲突处理"
        subtitle={
          total > 0
            ? `${total} 处待处理${total > SHOWN ? `，先列出 ${SHOWN} 处` : ""}。两边都改了同一项，程序暂用较晚的一个；请核实后选定，结果会随同步包告诉各单位。`
            : "两边都改了同一项、而当时互不知道，就会列在这里。"
        }
      >
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/sync" {...props} />}
        >
          回到同步
        </Button>
      </PageHeader>
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton height={240} aria-label="正在读取冲突" />}
      {query.data && total === 0 && (
        <EmptyState title="没有待处理的冲突" next="导入同步包后如有冲突，会在导航栏显示数目。" />
      )}
      <div className={classes.cards}>
        {query.data?.slice(0, SHOWN).map((conflict) => (
          <ConflictCard key={conflict.id} conflict={conflict} />
        ))}
      </div>
    </>
  );
}
