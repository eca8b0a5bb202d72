import { Alert, Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import type { NodeRow } from "#contract/ledger.ts";
import { displayValue } from "#domain/display.ts";
import { leadText } from "#domain/light.ts";
import { fieldOf } from "#domain/registry.ts";
import { Facts } from "#renderer/components/facts.tsx";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import { ProjectLink } from "#renderer/components/project-link.tsx";
import { AuditBadge } from "./audit-badge.tsx";
import { CompletionForm } from "./completion-form.tsx";
import { NodeEditor } from "./node-editor.tsx";
import { NodeEvidence } from "./node-evidence.tsx";
import { nodeOtherFields } from "./node-fields.ts";
import { NodeReview } from "./node-review.tsx";

type Props = { node: NodeRow | null; onClose: () => void };

/** One node opened from a list: its plan, and either the entry of its completion or its review. */
export function NodeDrawer({ node, onClose }: Props) {
  const [planning, setPlanning] = useState(false);
  const close = () => {
    setPlanning(false);
    onClose();
  };
  if (node && planning) return <NodeEditor opened onClose={close} projectId={node.project_id} node={node} />;
  return (
    <FormDrawer opened={node !== null} onClose={close} title={node?.name} size={560}>
      {node && <NodeDetails key={node.id} node={node} onPlan={() => setPlanning(true)} onDone={close} />}
    </FormDrawer>
  );
}

function NodeDetails({ node, onPlan, onDone }: { node: NodeRow; onPlan: () => void; onDone: () => void }) {
  const canWrite = node.acts.includes("submit");
  const responsible = [node.responsible_unit, node.responsible_person].filter(Boolean).join(" ");
  return (
    <Stack gap="sm">
      {node.audit_state === "returned" && (
        <Alert color="orange" title={`被退回 ${node.reviewed_on ?? ""}`}>
          {node.review_note}
        </Alert>
      )}
      <Facts
        items={[
          ["项目", <ProjectLink key="project" id={node.project_id} name={node.projectName} />],
          ["管理单位", node.officeName],
          [
            "灯号",
            <Group key="light" gap="xs">
              <LightBadge light={node.light} />
              {leadText(node)}
            </Group>,
          ],
          [
            "计划完成",
            [node.planned_on, node.planned_month && `列入 ${node.planned_month}`].filter(Boolean).join("，"),
          ],
          ["责任", responsible],
          ["审核", <AuditBadge key="state" state={node.audit_state} />],
        ]}
      />
      {canWrite ? (
        <>
          <CompletionForm node={node} onDone={onDone} />
          <Group>
            <Button variant="subtle" size="compact-sm" onClick={onPlan}>
              修改计划或删除节点
            </Button>
          </Group>
        </>
      ) : (
        <>
          <Facts
            items={[
              ["实际完成", node.actual_on],
              ["完成情况", node.completion_note],
              ["佐证材料", node.evidence],
              ["上报日期", node.submitted_on],
              ["审核日期", node.reviewed_on],
              ["审核意见", node.review_note],
              ...otherFacts(node),
            ]}
          />
          <NodeEvidence node={node} />
          <NodeReview nodes={[node]} onDone={onDone} />
        </>
      )}
    </Stack>
  );
}

/** Fields that the registry has gained since this drawer was laid out. */
function otherFacts(node: NodeRow): [string, string][] {
  return nodeOtherFields.flatMap((name) => {
    const field = fieldOf("node", name);
    return field ? [[field.label, displayValue(field, node[name])] as [string, string]] : [];
  });
}
