import { Button, Switch } from "@mantine/core";
import { IconListCheck, IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ProjectPage } from "#contract/ledger.ts";
import type { PermitRow } from "#contract/permits.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FromTemplate } from "#renderer/pages/permits/from-template.tsx";
import { PermitCountLine } from "#renderer/pages/permits/permit-counts.tsx";
import { PermitEditor } from "#renderer/pages/permits/permit-editor.tsx";
import { RedoPermit } from "#renderer/pages/permits/redo-permit.tsx";
import { PermitList } from "./permit-list.tsx";
import { TabBar } from "./tab-bar.tsx";
import { useProjectPermits } from "./use-project-permits.ts";

/** 手续: what the project needs, what it has, what is late, what was done again. */
export function PermitsTab({ page }: { page: ProjectPage }) {
  const { project, editable } = page;
  const [editing, setEditing] = useState<PermitRow | "new" | null>(null);
  const [redoing, setRedoing] = useState<PermitRow | null>(null);
  const [choosing, setChoosing] = useState(false);
  const query = useProjectPermits(project.id);
  const permits = query.data;
  const isEmpty = permits?.lines.length === 0;
  return (
    <>
      <TabBar label="登记手续" disabled={!editable} onAdd={() => setEditing("new")}>
        <Button
          size="compact-md"
          variant="light"
          leftSection={<IconListCheck size={16} aria-hidden />}
          disabled={!editable || !permits}
          onClick={() => setChoosing(true)}
        >
          按模板建立
        </Button>
        <Button
          size="compact-md"
          variant="subtle"
          leftSection={<IconPrinter size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/print" search={{ sheet: "permits", projectId: project.id }} {...props} />}
        >
          打印
        </Button>
        <GreenChannel page={page} />
      </TabBar>
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      {permits && !isEmpty && <PermitCountLine counts={permits.counts} />}
      {isEmpty && (
        <EmptyState
          title="还没有手续清单"
          next="点“按模板建立”，一次列出这个项目要办的手续；也可以逐项登记。填了日期就能看到用时、逾期和容缺。"
        />
      )}
      {permits && !isEmpty && (
        <PermitList permits={permits} editable={editable} onEdit={setEditing} onRedo={setRedoing} />
      )}
      <PermitEditor
        opened={editing !== null}
        onClose={() => setEditing(null)}
        projectId={project.id}
        permit={editing === "new" ? undefined : (editing ?? undefined)}
      />
      <RedoPermit permit={redoing} onClose={() => setRedoing(null)} />
      {permits && (
        <FromTemplate opened={choosing} onClose={() => setChoosing(false)} projectId={project.id} permits={permits} />
      )}
    </>
  );
}

/** whether the project is on the green channel. */
function GreenChannel({ page: { project, editable } }: { page: ProjectPage }) {
  const update = useWrite(client.projects.update, {
    done: (_, { values }) => (values.green_channel === 1 ? "已列为绿色通道项目。" : "已取消绿色通道。"),
  });
  return (
    <Switch
      size="sm"
      label="绿色通道"
      disabled={!editable || update.isPending}
      checked={project.green_channel === 1}
      onChange={(event) =>
        update.mutate({ id: project.id, values: { green_channel: event.currentTarget.checked ? 1 : 0 } })
      }
    />
  );
}
