import { Anchor, Badge, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import type { PermitRow, ProjectPermits } from "#contract/permits.ts";
import { leadText } from "#domain/light.ts";
import { groupsOf, type PermitState, permitStates } from "#domain/permit.ts";
import { permitGroups } from "#domain/values.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { AttachmentCount } from "#renderer/components/attachments/attachment-count.tsx";
import classes from "./project.module.css";
import { useProjectAttachments } from "./use-project-attachments.ts";

type Props = {
  permits: ProjectPermits;
  editable: boolean;
  onEdit: (permit: PermitRow) => void;
  onRedo: (permit: PermitRow) => void;
};

const colors: Record<PermitState, string> = { open: "gray", applied: "blue", done: "teal" };

/** The permits of a project, each with what it does again. */
export function PermitList({ permits, editable, onEdit, onRedo }: Props) {
  return (
    <table className={classes.list} aria-label="手续">
      <thead>
        <tr>
          <th>手续</th>
          <th>状态</th>
          <th>日期</th>
          <th>办理</th>
        </tr>
      </thead>
      <tbody>
        {permits.lines.map(({ permit, earlier }) => (
          <tr key={permit.id}>
            <td>
              <PermitName permit={permit} onEdit={editable ? () => onEdit(permit) : undefined} />
              <Earlier permits={earlier} reason={permit.redo_reason} />
            </td>
            <td>
              <Badge color={colors[permit.state]} miw="max-content">
                {permitStates[permit.state]}
              </Badge>
              <Deficiency permit={permit} />
            </td>
            <td data-nowrap>
              <Days permit={permit} />
            </td>
            <td data-nowrap>{editable && <Acts permit={permit} onRedo={() => onRedo(permit)} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PermitName({ permit, onEdit }: { permit: PermitRow; onEdit?: () => void }) {
  const attachments = useProjectAttachments(permit.project_id);
  return (
    <>
      {onEdit ? (
        <Anchor component="button" type="button" size="sm" ta="left" onClick={onEdit}>
          {permit.name}
        </Anchor>
      ) : (
        <Text size="sm">{permit.name}</Text>
      )}
      <Text size="xs" c="var(--text-quiet)">
        {[
          groupsOf(permit)
            .map((group) => permitGroups[group])
            .join("、"),
          permit.authority,
        ]
          .filter(Boolean)
          .join(" · ")}
      </Text>
      {permit.certificate_no && <Text size="xs">证号 {permit.certificate_no}</Text>}
      {permit.note && (
        <Text size="xs" c="var(--text-quiet)" className={classes.clip}>
          {permit.note}
        </Text>
      )}
      <AttachmentCount
        subject={{ permitId: permit.id }}
        label="证照和材料"
        title={`“${permit.name}”的证照和材料`}
        count={attachments.filter((each) => each.permit_id === permit.id).length}
      />
    </>
  );
}

function Days({ permit }: { permit: PermitRow }) {
  const { planned_on, applied_on, actual_on, days } = permit;
  return (
    <>
      <div>计划 {planned_on ?? "未定"}</div>
      {applied_on && <div>申报 {applied_on}</div>}
      {actual_on && <div>办结 {actual_on}</div>}
      <Text size="xs" c={permit.isOverdue ? "var(--light-red)" : "var(--text-quiet)"} fw={permit.isOverdue ? 600 : 400}>
        {[days !== null && (actual_on ? `用时 ${days} 天` : `已办 ${days} 天`), leadText(permit)]
          .filter(Boolean)
          .join("，")}
      </Text>
    </>
  );
}

function Deficiency({ permit }: { permit: PermitRow }) {
  if (permit.is_deficient !== 1) return null;
  const { deficient_until: until, deficient_done_on: doneOn } = permit;
  const isDue = permit.isDeficiencyDue;
  return (
    <Text size="xs" mt={4} c={isDue ? "var(--light-red)" : undefined} fw={isDue ? 600 : 400}>
      {doneOn ? `容缺已于 ${doneOn} 补齐` : until ? `容缺，${until} ${isDue ? "已到期" : "前补齐"}` : "容缺，未定期限"}
    </Text>
  );
}

/** One click for what happens most: applied today, obtained today. */
function Acts({ permit, onRedo }: { permit: PermitRow; onRedo: () => void }) {
  const { today } = useSession();
  const save = useWrite(client.permits.save, {
    done: (_, { values }) =>
      values.actual_on ? "已记为今日办结。" : values.applied_on ? "已记为今日申报。" : "容缺已补齐。",
  });
  const act = (values: Record<string, string>) => save.mutate({ id: permit.id, projectId: permit.project_id, values });
  return (
    <Group gap={4} wrap="nowrap">
      {permit.state === "open" && (
        <Button size="compact-sm" variant="light" loading={save.isPending} onClick={() => act({ applied_on: today })}>
          今日申报
        </Button>
      )}
      {permit.state === "applied" && (
        <Button size="compact-sm" loading={save.isPending} onClick={() => act({ actual_on: today })}>
          今日办结
        </Button>
      )}
      {permit.isDeficient && permit.state === "done" && (
        <Button
          size="compact-sm"
          variant="light"
          loading={save.isPending}
          onClick={() => act({ deficient_done_on: today })}
        >
          今日补齐
        </Button>
      )}
      {permit.state !== "open" && (
        <Button size="compact-sm" variant="subtle" onClick={onRedo}>
          重做
        </Button>
      )}
    </Group>
  );
}

/** What this permit does again, the newest first: read only. */
function Earlier({ permits, reason }: { permits: readonly PermitRow[]; reason: string | null }) {
  const [opened, setOpened] = useState(false);
  if (permits.length === 0) return null;
  return (
    <>
      <Text size="xs">重做原因：{reason}</Text>
      <Anchor component="button" type="button" size="xs" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {opened ? "收起重做前的记录" : `重做过 ${permits.length} 次，看以前的记录`}
      </Anchor>
      {opened && (
        <ol className={classes.earlier}>
          {permits.map((permit) => (
            <li key={permit.id}>
              {[
                permitStates[permit.state],
                permit.applied_on && `申报 ${permit.applied_on}`,
                permit.actual_on && `办结 ${permit.actual_on}`,
                permit.certificate_no && `证号 ${permit.certificate_no}`,
                permit.days !== null && permit.actual_on && `用时 ${permit.days} 天`,
                permit.redo_reason && `重做原因：${permit.redo_reason}`,
              ]
                .filter(Boolean)
                .join("，")}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
