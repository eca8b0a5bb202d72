import { Anchor } from "@mantine/core";
import { useState } from "react";
import type { ProjectPage } from "#contract/ledger.ts";
import { isInForce } from "#domain/assignment.ts";
import { assignmentRoles } from "#domain/values.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";
import { RemoveButton } from "#renderer/components/remove-button.tsx";
import { assignmentGroups } from "#renderer/pages/people/assignment-fields.ts";
import classes from "./project.module.css";
import { TabBar } from "./tab-bar.tsx";

type Assignment = ProjectPage["assignments"][number];

export function SecretariesTab({ page }: { page: ProjectPage }) {
  const [editing, setEditing] = useState<Assignment | "new" | null>(null);
  return (
    <>
      <TabBar label="安排服务秘书" disabled={!page.editable} onAdd={() => setEditing("new")} />
      {page.assignments.length === 0 ? (
        <EmptyState
          title="还没有服务秘书"
          next="从秘书名册中选一位并写上开始日期；名册在“人员与秘书”里维护。重特大项目可以安排多人。"
        />
      ) : (
        <table className={classes.list} aria-label="服务秘书">
          <thead>
            <tr>
              <th>姓名</th>
              <th>分工</th>
              <th>单位</th>
              <th>开始</th>
              <th>结束</th>
            </tr>
          </thead>
          <tbody>
            {page.assignments.map((assignment) => (
              <tr key={assignment.id}>
                <td>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    disabled={!page.editable}
                    onClick={() => setEditing(assignment)}
                  >
                    {assignment.personName}
                  </Anchor>
                </td>
                <td>{assignmentRoles[assignment.role]}</td>
                <td>{assignment.personOffice}</td>
                <td data-nowrap>{assignment.from_on}</td>
                <td data-nowrap>{assignment.to_on ?? (isInForce(assignment, page.asOf) ? "在任" : "未到任")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <AssignmentEditor
        projectId={page.project.id}
        assignment={editing === "new" ? undefined : (editing ?? undefined)}
        opened={editing !== null}
        onClose={() => setEditing(null)}
      />
    </>
  );
}

type EditorProps = { projectId: string; assignment?: Assignment; opened: boolean; onClose: () => void };

function AssignmentEditor({ projectId, assignment, opened, onClose }: EditorProps) {
  const { today } = useSession();
  const save = useWrite(client.assignments.save, { done: "秘书分工已保存。", onDone: onClose, inlineError: true });
  const archive = useWrite(client.assignments.archive, { done: "秘书分工已删除。", onDone: onClose });
  return (
    <FormDrawer opened={opened} onClose={onClose} title={assignment ? "修改秘书分工" : "安排服务秘书"} size={560}>
      <RecordForm
        key={assignment?.id ?? "new"}
        entity="assignment"
        groups={assignmentGroups}
        initial={assignment ?? { role: "lead", from_on: today }}
        isNew={!assignment}
        pending={save.isPending}
        error={save.error}
        onSubmit={(values) =>
          save.mutate({ id: assignment?.id, values: assignment ? values : { project_id: projectId, ...values } })
        }
        onCancel={onClose}
      >
        {assignment && (
          <RemoveButton
            title="删除秘书分工"
            message={"只在录错时删除；秘书换人请填写结束日期，保留任期。"}
            onRemove={() => archive.mutate({ id: assignment.id })}
          />
        )}
      </RecordForm>
    </FormDrawer>
  );
}
