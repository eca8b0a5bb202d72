import { Badge, Button, Group } from "@mantine/core";
import { IconArchive, IconArrowBackUp, IconArrowLeft, IconPencil, IconPrinter } from "@tabler/icons-react";
import { Link, useCanGoBack, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { ProjectPage } from "#contract/ledger.ts";
import { stages } from "#domain/values.ts";
import { useBooksOn } from "#renderer/app/books-on.ts";
import { client } from "#renderer/app/rpc.ts";
import { useShortcut } from "#renderer/app/shortcuts.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { askConfirm } from "#renderer/components/confirm.tsx";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { EditProject } from "./edit-project.tsx";
import { useIssueCounts } from "./use-issue-counts.ts";

export function ProjectHeader({ page }: { page: ProjectPage }) {
  const { project, editable } = page;
  const booksOn = useBooksOn();
  const [editing, setEditing] = useState(false);
  const { history } = useRouter();
  const canGoBack = useCanGoBack();
  const navigate = useNavigate();
  const startEdit = useCallback(() => editable && setEditing(true), [editable]);
  useShortcut("e", "修改项目", startEdit);
  return (
    <>
      <PageHeader
        title={project.name}
        subtitle={
          <Group gap="sm">
            <LightBadge light={page.light} />
            {page.lightReason && <span>{page.lightReason}</span>}
            {project.stage && <span>{stages[project.stage]}</span>}
            <span>
              {page.districtName && page.districtName !== page.officeName && `${page.districtName} · `}
              {page.officeName}
            </span>
            {!booksOn && <IssueMark projectId={project.id} />}
            {page.conflicts > 0 && (
              <Badge
                color="red"
                style={{ cursor: "pointer" }}
                renderRoot={(props) => <Link to="/conflicts" {...props} />}
              >
                {page.conflicts} 处冲突待处理
              </Badge>
            )}
            {project.archived_on && <Badge color="gray">已归档 {project.archived_on}</Badge>}
          </Group>
        }
      >
        <Button
          variant="subtle"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={() =>
            canGoBack ? history.back() : void navigate({ to: "/projects", search: { booksOn: booksOn ?? undefined } })
          }
        >
          返回
        </Button>
        {!booksOn && <Acts page={page} onEdit={() => setEditing(true)} />}
      </PageHeader>
      <EditProject page={page} opened={editing} onClose={() => setEditing(false)} />
    </>
  );
}

type ActsProps = { page: ProjectPage; onEdit: () => void };

function Acts({ page, onEdit }: ActsProps) {
  const { project, editable } = page;
  return (
    <>
      <Button leftSection={<IconPencil size={16} aria-hidden />} disabled={!editable} onClick={onEdit}>
        修改
      </Button>
      <Button
        variant="default"
        leftSection={<IconPrinter size={16} aria-hidden />}
        renderRoot={(props) => <Link to="/print" search={{ sheet: "card", projectId: project.id }} {...props} />}
      >
        打印项目卡
      </Button>
      <ArchiveButton page={page} />
    </>
  );
}

/** Problems not yet closed; leads to their tab. */
function IssueMark({ projectId }: { projectId: string }) {
  const counts = useIssueCounts(projectId);
  if (!counts?.open) return null;
  return (
    <Badge
      color={counts.overdue > 0 ? "red" : "blue"}
      style={{ cursor: "pointer" }}
      renderRoot={(props) => (
        <Link to="/projects/$projectId" params={{ projectId }} search={{ tab: "issues" }} {...props} />
      )}
    >
      {counts.open} 个问题未销号{counts.overdue > 0 && `，${counts.overdue} 个超期`}
    </Badge>
  );
}

function ArchiveButton({ page: { project, editable } }: { page: ProjectPage }) {
  const archive = useWrite(client.projects.archive, { done: "项目已归档。" });
  const restore = useWrite(client.projects.restore, { done: "项目已恢复。" });
  if (project.archived_on) {
    return (
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        loading={restore.isPending}
        onClick={() => restore.mutate({ id: project.id })}
      >
        恢复
      </Button>
    );
  }
  return (
    <Button
      variant="default"
      leftSection={<IconArchive size={16} aria-hidden />}
      loading={archive.isPending}
      disabled={!editable}
      onClick={() =>
        askConfirm({
          title: "归档项目",
          message: `“${project.name}”将从台账、灯号、进度表和待走访中移出，内容全部保留；在台账的“更多—已归档的项目”里可以随时恢复。`,
          confirm: "归档",
          danger: true,
          onConfirm: () => archive.mutate({ id: project.id }),
        })
      }
    >
      归档
    </Button>
  );
}
