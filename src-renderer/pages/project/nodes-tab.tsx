import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconCalendarTime } from "@tabler/icons-react";
import { useState } from "react";
import type { NodeRow, ProjectPage } from "#contract/ledger.ts";
import { leadText } from "#domain/light.ts";
import { isLocked } from "#domain/review.ts";
import { isMovable } from "#domain/schedule.ts";
import { useBooksOn } from "#renderer/app/books-on.ts";
import { AttachmentCount } from "#renderer/components/attachments/attachment-count.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import { LightRule } from "#renderer/components/light-rule.tsx";
import { AuditBadge } from "#renderer/pages/nodes/audit-badge.tsx";
import { NodeDrawer } from "#renderer/pages/nodes/node-drawer.tsx";
import { NodeEditor } from "#renderer/pages/nodes/node-editor.tsx";
import { NodeReview } from "#renderer/pages/nodes/node-review.tsx";
import { MakeSchedule } from "#renderer/pages/schedule/make-schedule.tsx";
import { ShiftNodes } from "#renderer/pages/schedule/shift-nodes.tsx";
import classes from "./project.module.css";
import { TabBar } from "./tab-bar.tsx";
import { useProjectAttachments } from "./use-project-attachments.ts";

export function NodesTab({ page }: { page: ProjectPage }) {
  /** The node in the editor; "new" for a new one. */
  const [editing, setEditing] = useState<NodeRow | "new" | null>(null);
  /** The node whose completion is asked for before it can be sent up. */
  const [completing, setCompleting] = useState<NodeRow | null>(null);
  const [planning, setPlanning] = useState(false);
  /** The node that slips. */
  const [shifting, setShifting] = useState<NodeRow | null>(null);
  const booksOn = useBooksOn();
  const attachments = useProjectAttachments(page.project.id);
  const done = page.nodes.filter((node) => node.actual_on !== null).length;
  return (
    <>
      <TabBar
        label="新建节点"
        note={page.nodes.length > 0 ? `已完成 ${done} / ${page.nodes.length}` : undefined}
        disabled={!page.editable}
        onAdd={() => setEditing("new")}
      >
        <Button
          size="compact-md"
          variant="light"
          leftSection={<IconCalendarTime size={16} aria-hidden />}
          disabled={!page.editable}
          onClick={() => setPlanning(true)}
        >
          倒排工期
        </Button>
      </TabBar>
      {page.nodes.length > 0 && !booksOn && (
        <Text size="xs" c="var(--text-quiet)" component="div" mb="xs">
          <LightRule />
        </Text>
      )}
      {page.nodes.length === 0 ? (
        <EmptyState
          title="还没有节点"
          next="把这个项目一年要办的事分成节点，写上计划日期，灯号就会自动计算。定了完工日期的，可以用“倒排工期”按模板一次排出。"
        />
      ) : (
        <table className={classes.list} aria-label="节点">
          <thead>
            <tr>
              <th>灯号</th>
              <th>节点</th>
              <th>日期</th>
              <th>审核</th>
              <th>办理</th>
            </tr>
          </thead>
          <tbody>
            {page.nodes.map((node) => (
              <tr key={node.id}>
                <td data-nowrap>
                  <LightBadge light={node.light} />
                </td>
                <td>
                  <NodeName
                    node={node}
                    onEdit={page.editable && !isLocked(node.audit_state) ? () => setEditing(node) : undefined}
                  />
                  <AttachmentCount
                    subject={{ nodeId: node.id }}
                    label="佐证文件"
                    title={`节点“${node.name}”的佐证文件`}
                    count={attachments.filter((each) => each.node_id === node.id).length}
                  />
                </td>
                <td data-nowrap>
                  <div>计划 {node.planned_on ?? "未定"}</div>
                  {node.actual_on && <div>实际 {node.actual_on}</div>}
                  <Text size="xs" c="var(--text-quiet)">
                    {leadText(node)}
                  </Text>
                </td>
                <td data-nowrap>
                  <AuditBadge state={node.audit_state} />
                </td>
                <td data-nowrap>
                  <Group gap={4} wrap="nowrap">
                    <NodeReview nodes={[node]} onIncomplete={setCompleting} />
                    {page.editable && isMovable(node) && (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        title="把这个节点和它之后的节点一起往后移"
                        onClick={() => setShifting(node)}
                      >
                        顺延
                      </Button>
                    )}
                  </Group>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <NodeEditor
        opened={editing !== null}
        onClose={() => setEditing(null)}
        projectId={page.project.id}
        node={editing === "new" ? undefined : (editing ?? undefined)}
        responsibleUnit={page.project.responsible_unit}
      />
      <NodeDrawer node={completing} onClose={() => setCompleting(null)} />
      <MakeSchedule page={page} opened={planning} onClose={() => setPlanning(false)} />
      <ShiftNodes page={page} node={shifting} onClose={() => setShifting(null)} />
    </>
  );
}

function NodeName({ node, onEdit }: { node: NodeRow; onEdit?: () => void }) {
  const unit = [node.responsible_unit, node.responsible_person].filter(Boolean).join(" ");
  return (
    <>
      {onEdit ? (
        <Anchor component="button" type="button" size="sm" ta="left" onClick={onEdit}>
          {node.name}
        </Anchor>
      ) : (
        <Text size="sm">{node.name}</Text>
      )}
      {unit && (
        <Text size="xs" c="var(--text-quiet)">
          {unit}
        </Text>
      )}
      {node.review_note && (
        <Text size="xs" className={node.audit_state === "returned" ? classes.missing : undefined}>
          审核意见：{node.review_note}
        </Text>
      )}
      {node.completion_note && (
        <Text size="xs" c="var(--text-quiet)" className={classes.clip}>
          {node.completion_note}
        </Text>
      )}
    </>
  );
}
