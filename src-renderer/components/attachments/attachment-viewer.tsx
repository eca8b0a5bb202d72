import { ActionIcon, Button, Group, Loader, Modal, Stack, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDownload, IconPencil } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import type { AttachmentRow } from "#contract/attachments.ts";
import { sizeText } from "#domain/attachment.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { askConfirm } from "#renderer/components/confirm.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { completeGroups } from "#renderer/components/field-groups.ts";
import { RecordForm } from "#renderer/components/record-form.tsx";
import { saveFile } from "#renderer/components/save-file.ts";
import { KindSign, missingText } from "./attachment-tile.tsx";
import classes from "./attachments.module.css";
import { useContentUrl } from "./use-content.ts";

type Props = {
  rows: readonly AttachmentRow[];
  openedId: string | null;
  onOpen: (id: string) => void;
  onClose: () => void;
};

const groups = completeGroups(
  "attachment",
  [{ fields: ["name", "taken_on", "note"] }],
  ["project_id", "visit_id", "node_id", "issue_id", "permit_id"],
);

/** One attachment large; ← and → go through the others, Esc closes. */
export function AttachmentViewer({ rows, openedId, onOpen, onClose }: Props) {
  const at = rows.findIndex(({ id }) => id === openedId);
  const row = rows[at];
  const [editing, setEditing] = useState(false);
  const close = () => {
    setEditing(false);
    onClose();
  };
  const step = (by: number) => {
    const next = rows[at + by];
    if (next) onOpen(next.id);
  };
  useArrowKeys(row !== undefined && !editing, step);
  return (
    <Modal opened={row !== undefined} onClose={close} size="min(1200px, 94vw)" yOffset="3vh" title={row?.name}>
      <div onSubmit={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} role="none">
        {row && editing && <Editor key={row.id} row={row} onDone={() => setEditing(false)} />}
        {row && !editing && (
          <Stack gap="xs">
            <Stage key={row.id} row={row} />
            <Caption row={row} />
            <Group justify="space-between">
              <Group gap="xs">
                <Step label="上一个" isLast={at === 0} onStep={() => step(-1)}>
                  <IconChevronLeft size={18} aria-hidden />
                </Step>
                <Text size="sm" aria-live="polite">
                  {at + 1} / {rows.length}
                </Text>
                <Step label="下一个" isLast={at === rows.length - 1} onStep={() => step(1)}>
                  <IconChevronRight size={18} aria-hidden />
                </Step>
              </Group>
              <Actions key={row.id} row={row} onEdit={() => setEditing(true)} onArchived={close} />
            </Group>
          </Stack>
        )}
      </div>
    </Modal>
  );
}

function Step({
  label,
  isLast,
  onStep,
  children,
}: {
  label: string;
  isLast: boolean;
  onStep: () => void;
  children: ReactNode;
}) {
  return (
    <ActionIcon variant="default" size="lg" aria-label={label} disabled={isLast} onClick={onStep}>
      {children}
    </ActionIcon>
  );
}

function Stage({ row }: { row: AttachmentRow }) {
  const { url, error } = useContentUrl("content", row.id, row.isPhoto && row.isHere);
  // Better than nothing while the photo itself is on its way.
  const thumbnail = useContentUrl("thumbnail", row.id, row.hasThumbnail && !row.isHere);
  const [isStrange, setStrange] = useState(false);
  const isDrawn = row.isPhoto && row.isHere && !isStrange;
  return (
    <div className={classes.stage}>
      {isDrawn && url && <img src={url} alt={row.name} onError={() => setStrange(true)} />}
      {isDrawn && !url && !error && <Loader aria-label="正在打开" />}
      {isDrawn && error && <FailureAlert error={error} />}
      {!isDrawn && (
        <Stack align="center" gap="xs">
          {thumbnail.url ? <img src={thumbnail.url} alt={`${row.name}（缩略图）`} /> : <KindSign row={row} size={72} />}
          <Text size="sm">
            {row.isHere ? "这类文件在这里不能显示，请点“下载”，用本机的程序打开。" : `${missingText(row)}。`}
          </Text>
        </Stack>
      )}
    </div>
  );
}

function Caption({ row }: { row: AttachmentRow }) {
  const facts = [row.about, row.taken_on && `拍摄于 ${row.taken_on}`, sizeText(row.size)].filter(Boolean).join("，");
  return (
    <div>
      <Text size="sm" c="var(--text-quiet)">
        {facts}
      </Text>
      {row.note && <Text size="sm">{row.note}</Text>}
    </div>
  );
}

function Actions({ row, onEdit, onArchived }: { row: AttachmentRow; onEdit: () => void; onArchived: () => void }) {
  const download = useMutation({ mutationFn: () => client.attachments.content({ id: row.id }), onSuccess: saveFile });
  const archive = useWrite(client.attachments.archive, { done: "附件已删除。", onDone: onArchived });
  return (
    <Group gap="xs">
      <FailureAlert error={download.error} />
      <Button
        leftSection={<IconDownload size={16} aria-hidden />}
        disabled={!row.isHere}
        loading={download.isPending}
        onClick={() => download.mutate()}
      >
        下载
      </Button>
      {row.editable && (
        <>
          <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
            修改说明
          </Button>
          <Button
            variant="subtle"
            color="red"
            loading={archive.isPending}
            onClick={() =>
              askConfirm({
                title: "删除附件",
                message: `“${row.name}”将不再显示，也不再发给其他单位。删除后可以马上撤销。`,
                confirm: "删除",
                danger: true,
                onConfirm: () => archive.mutate({ id: row.id }),
              })
            }
          >
            删除
          </Button>
        </>
      )}
    </Group>
  );
}

function Editor({ row, onDone }: { row: AttachmentRow; onDone: () => void }) {
  const update = useWrite(client.attachments.update, { done: "附件说明已保存。", onDone, inlineError: true });
  return (
    <RecordForm
      entity="attachment"
      groups={groups}
      initial={row}
      pending={update.isPending}
      error={update.error}
      onSubmit={(values) => update.mutate({ id: row.id, values })}
      onCancel={onDone}
    />
  );
}

function useArrowKeys(enabled: boolean, step: (by: number) => void) {
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by === undefined || event.isComposing || event.altKey || event.ctrlKey) return;
      event.preventDefault();
      step(by);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  });
}
