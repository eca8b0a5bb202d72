import { Alert, Stack } from "@mantine/core";
import type { NodeRow } from "#contract/ledger.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";
import { RemoveButton } from "#renderer/components/remove-button.tsx";
import { NodeEvidence } from "./node-evidence.tsx";
import { nodeGroups } from "./node-fields.ts";

type Props = {
  opened: boolean;
  onClose: () => void;
  projectId: string;
  /** The node to change; absent for a new one. */
  node?: NodeRow;
  /** Default responsible unit of a new node. */
  responsibleUnit?: string | null;
};

/** Plan and completion draft of one node. What has been sent up is locked and has no editor. */
export function NodeEditor({ opened, onClose, projectId, node, responsibleUnit }: Props) {
  const save = useWrite(client.nodes.save, { done: "节点已保存。", onDone: onClose, inlineError: true });
  const archive = useWrite(client.nodes.archive, { done: "节点已删除。", onDone: onClose });
  return (
    <FormDrawer opened={opened} onClose={onClose} title={node ? `节点：${node.name}` : "新建节点"} size={720}>
      <Stack>
        {node?.audit_state === "returned" && (
          <Alert color="orange" title="被退回">
            {node.review_note}
          </Alert>
        )}
        <RecordForm
          key={node?.id ?? "new"}
          entity="node"
          groups={nodeGroups}
          initial={node ?? { responsible_unit: responsibleUnit }}
          isNew={!node}
          pending={save.isPending}
          error={save.error}
          onSubmit={(values) => save.mutate({ id: node?.id, projectId, values })}
          onCancel={onClose}
        >
          {node && (
            <RemoveButton
              title="删除节点"
              message={`节点“${node.name}”将不再计入灯号和进度，修改记录仍保留。删除后可以马上撤销。`}
              label="删除节点"
              pending={archive.isPending}
              onRemove={() => archive.mutate({ id: node.id })}
            />
          )}
        </RecordForm>
        {node && <NodeEvidence node={node} />}
      </Stack>
    </FormDrawer>
  );
}
