import type { ProjectPage } from "#contract/ledger.ts";
import { AttachmentPanel } from "#renderer/components/attachments/attachment-panel.tsx";

export function AttachmentsTab({ page }: { page: ProjectPage }) {
  return (
    <AttachmentPanel
      subject={{ projectId: page.project.id }}
      label="资料和照片"
      hint="还没有资料。现场照片、批复和证照都可以放在这里；走访的照片和节点的佐证文件在各自的记录里添加，也会列在这里。"
    />
  );
}
