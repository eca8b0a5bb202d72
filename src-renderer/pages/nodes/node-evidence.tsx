import type { NodeRow } from "#contract/ledger.ts";
import { AttachmentPanel } from "#renderer/components/attachments/attachment-panel.tsx";

/** Photos and certificates that prove a node's completion. */
export function NodeEvidence({ node }: { node: NodeRow }) {
  return (
    <AttachmentPanel
      subject={{ nodeId: node.id }}
      label="佐证文件"
      hint="还没有佐证文件。许可证、批复的扫描件和完成时的照片放在这里，上报后不能再改。"
      day={node.actual_on}
    />
  );
}
