import { Anchor, Modal } from "@mantine/core";
import { useState } from "react";
import type { AttachmentSubject } from "#contract/attachments.ts";
import { AttachmentPanel } from "./attachment-panel.tsx";

type Props = { subject: AttachmentSubject; label: string; title: string; count: number };

/** "现场照片 3": opens what is attached to one line of a list. */
export function AttachmentCount({ subject, label, title, count }: Props) {
  const [opened, setOpened] = useState(false);
  if (count === 0) return null;
  return (
    <>
      <Anchor component="button" type="button" size="xs" onClick={() => setOpened(true)}>
        {label} {count}
      </Anchor>
      <Modal opened={opened} onClose={() => setOpened(false)} title={title} size="xl">
        <AttachmentPanel subject={subject} label={label} hint="都已删除。" />
      </Modal>
    </>
  );
}
