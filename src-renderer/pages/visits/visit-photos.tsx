import { AttachmentPanel } from "#renderer/components/attachments/attachment-panel.tsx";

/** Photos of a visit that has been recorded. */
export function VisitPhotos({ visitId, day }: { visitId: string; day?: string }) {
  return (
    <AttachmentPanel
      subject={{ visitId }}
      label="现场照片"
      hint="还没有现场照片。手机照片拷到电脑后放在这里，太大的会先压缩。"
      day={day}
    />
  );
}
