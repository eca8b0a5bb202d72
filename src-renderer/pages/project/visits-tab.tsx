import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ProjectPage, VisitRow } from "#contract/ledger.ts";
import { visitForms } from "#domain/values.ts";
import { followUpState } from "#domain/visit.ts";
import { AttachmentCount } from "#renderer/components/attachments/attachment-count.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { VisitEditor } from "#renderer/pages/visits/visit-editor.tsx";
import classes from "./project.module.css";
import { TabBar } from "./tab-bar.tsx";
import { useProjectAttachments } from "./use-project-attachments.ts";

export function VisitsTab({ page }: { page: ProjectPage }) {
  const [editing, setEditing] = useState<VisitRow | "new" | null>(null);
  const attachments = useProjectAttachments(page.project.id);
  return (
    <>
      <TabBar
        label="记录走访"
        note={page.visits[0] ? `最近一次 ${page.visits[0].visited_on}` : undefined}
        disabled={!page.editable}
        onAdd={() => setEditing("new")}
      />
      {page.visits.length === 0 ? (
        <EmptyState title="还没有走访过" next="走访后点“记录走访”，日期和秘书已经填好，一分钟内可以记完。" />
      ) : (
        <table className={classes.list} aria-label="走访">
          <thead>
            <tr>
              <th>日期</th>
              <th>形式</th>
              <th>服务秘书</th>
              <th>情况</th>
              <th>后续事项</th>
            </tr>
          </thead>
          <tbody>
            {page.visits.map((visit) => (
              <tr key={visit.id}>
                <td data-nowrap>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    disabled={!page.editable}
                    onClick={() => setEditing(visit)}
                  >
                    {visit.visited_on}
                  </Anchor>
                </td>
                <td data-nowrap>{visitForms[visit.form]}</td>
                <td data-nowrap>{visit.personName}</td>
                <td>
                  <div className={classes.clip}>{visit.findings}</div>
                  <AttachmentCount
                    subject={{ visitId: visit.id }}
                    label="现场照片"
                    title={`${visit.visited_on} 走访的现场照片`}
                    count={attachments.filter((each) => each.visit_id === visit.id).length}
                  />
                  {visit.people_met && (
                    <Text size="xs" c="var(--text-quiet)">
                      会见：{visit.people_met}
                    </Text>
                  )}
                </td>
                <td>
                  <div className={classes.clip}>{visit.follow_up}</div>
                  <Text size="xs" c="var(--text-quiet)">
                    {followUpState(visit)}
                  </Text>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {page.visitTotal > page.visits.length && (
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/visits" search={{ projectId: page.project.id }} {...props} />}
        >
          先列出最近 {page.visits.length} 次，看全部 {page.visitTotal} 次
        </Anchor>
      )}
      <VisitEditor
        opened={editing !== null}
        onClose={() => setEditing(null)}
        visit={editing === "new" ? undefined : (editing ?? undefined)}
        start={{ project_id: page.project.id, project_name: page.project.name }}
      />
    </>
  );
}
