import { Button, Group, Text } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { AttachmentSubject } from "#contract/attachments.ts";
import { attachmentEndings } from "#domain/attachment.ts";
import { api } from "#renderer/app/rpc.ts";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { AddAttachments } from "./add-attachments.tsx";
import { AttachmentTile } from "./attachment-tile.tsx";
import { AttachmentViewer } from "./attachment-viewer.tsx";
import classes from "./attachments.module.css";
import { usePastedFiles } from "./use-incoming-files.ts";

type Props = {
  subject: AttachmentSubject;
  /** What belongs here, e.g. "现场照片". */
  label: string;
  /** What to do while there is nothing, as a sentence. */
  hint: string;
  /** Day of photos that do not say their own, e.g. the day of the visit. */
  day?: string | null;
};

/** Photos and documents of one thing: chosen by button, dropped or pasted; opened by a click on their picture. */
export function AttachmentPanel({ subject, label, hint, day }: Props) {
  const list = useQuery(api.attachments.list.queryOptions({ input: { subject } }));
  const [incoming, setIncoming] = useState<File[]>([]);
  const [opened, setOpened] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const editable = list.data?.editable ?? false;
  usePastedFiles(panel, editable, setIncoming);
  const rows = list.data?.rows ?? [];
  return (
    <section
      ref={panel}
      className={classes.panel}
      aria-label={label}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!editable) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!editable) return;
        event.preventDefault();
        setOver(false);
        setIncoming([...event.dataTransfer.files]);
      }}
    >
      <Group justify="space-between" gap="xs" mb={6}>
        <Text fw={600} size="sm">
          {label}
          {rows.length > 0 && <span className={classes.count}> {rows.length}</span>}
        </Text>
        {editable && (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPaperclip size={14} aria-hidden />}
            onClick={() => input.current?.click()}
          >
            添加照片或文件
          </Button>
        )}
      </Group>
      <FailureAlert error={list.error} onRetry={() => void list.refetch()} />
      {list.data && rows.length === 0 && (
        <Text size="sm" c="var(--text-quiet)" className={classes.empty}>
          {editable ? hint : `没有${label}。`}
        </Text>
      )}
      {rows.length > 0 && (
        <ul className={classes.grid}>
          {rows.map((row) => (
            <li key={row.id}>
              <AttachmentTile row={row} showsAbout={"projectId" in subject} onOpen={() => setOpened(row.id)} />
            </li>
          ))}
        </ul>
      )}
      {editable && (
        <Text size="xs" c="var(--text-quiet)" mt={4}>
          可以把文件拖到这里，截图可以直接按 Ctrl+V 粘贴；添加后立即保存。
        </Text>
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={attachmentEndings}
        aria-label={`添加${label}`}
        onChange={(event) => {
          setIncoming([...(event.currentTarget.files ?? [])]);
          // The same file may be chosen again.
          event.currentTarget.value = "";
        }}
      />
      <AddAttachments subject={subject} files={incoming} day={day} onClose={() => setIncoming([])} />
      <AttachmentViewer rows={rows} openedId={opened} onOpen={setOpened} onClose={() => setOpened(null)} />
    </section>
  );
}
