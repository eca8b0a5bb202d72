import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ProjectPage } from "#contract/ledger.ts";
import { planBackwards } from "#domain/schedule.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { DayInput } from "#renderer/components/day-input.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FormActions } from "#renderer/components/form-actions.tsx";
import { FormDrawer, useFormGuard } from "#renderer/components/form-drawer.tsx";
import { useInvalid } from "#renderer/components/use-invalid.ts";
import { TemplateChoice, useTemplates } from "#renderer/pages/templates/template-choice.tsx";
import { isWritten, type PlanLine, planLines } from "./plan-lines.ts";
import { PlanTable } from "./plan-table.tsx";

type Props = { page: ProjectPage; opened: boolean; onClose: () => void };

/** 倒排工期: a template and the completion day give the nodes' days; they are looked through, changed, then made in one act. */
export function MakeSchedule({ page, opened, onClose }: Props) {
  return (
    <FormDrawer opened={opened} onClose={onClose} title="倒排工期" size={980}>
      {opened && <Plan page={page} onClose={onClose} />}
    </FormDrawer>
  );
}

function Plan({ page, onClose }: Omit<Props, "opened">) {
  const { today } = useSession();
  const templates = useTemplates("schedule");
  const [templateId, setTemplateId] = useState<string | null>(null);
  const [completionOn, setCompletionOn] = useState(page.project.completed_on);
  /** What the clerk changed of the plan, by the template and day that it came from. */
  const [edited, setEdited] = useState<{ basis: string; lines: PlanLine[] } | null>(null);
  const invalid = useInvalid();
  const template = templates.chosen(templateId);
  const items = template?.content?.kind === "schedule" ? template.content.items : [];
  const basis = `${template?.id} ${completionOn}`;
  const lines =
    edited?.basis === basis
      ? edited.lines
      : completionOn === null
        ? []
        : planLines(planBackwards(items, completionOn), items, page.nodes);
  const guardedClose = useFormGuard(edited !== null);
  const make = useWrite(client.schedule.make, {
    done: (_, { nodes }) => `倒排工期已建立，涉及 ${nodes.length} 个节点。`,
    onDone: onClose,
    inlineError: true,
  });
  const written = lines.filter(isWritten);
  const undated = written.filter(({ plannedOn }) => plannedOn === null).length;
  return (
    <Stack gap="sm">
      <Group align="flex-start" grow>
        <Stack gap={4}>
          <TemplateChoice templates={templates} value={templateId} onChange={setTemplateId} />
        </Stack>
        <DayInput
          label="完工日期（倒排的终点）"
          required
          data-autofocus
          value={completionOn}
          onChange={setCompletionOn}
          onInvalid={invalid.mark("completion")}
        />
      </Group>
      {completionOn === null ? (
        <EmptyState title="请先填完工日期" next="填好后，这里按模板列出每个节点的计划日期，看过、改过再建立。" />
      ) : (
        <PlanTable
          lines={lines}
          today={today}
          onChange={(next) => setEdited({ basis, lines: next })}
          onInvalid={(name) => invalid.mark(name)}
        />
      )}
      {undated > 0 && (
        <Alert color="yellow" p="xs">
          有 {undated} 个节点没有日期：模板没有设定天数。请在表中填写；不填的节点建立后为“未定”，不计灯号。
        </Alert>
      )}
      <FormActions>
        <Stack gap="xs">
          <FailureAlert error={make.error} />
          <Group gap="xs">
            <Button
              disabled={written.length === 0 || invalid.any || completionOn === null}
              loading={make.isPending}
              onClick={() =>
                make.mutate({
                  projectId: page.project.id,
                  nodes: written.map(({ existing, act, name, plannedOn, responsibleUnit }) => ({
                    nodeId: act === "move" ? (existing?.id ?? null) : null,
                    name,
                    plannedOn,
                    responsibleUnit,
                  })),
                })
              }
            >
              {written.length > 0 ? `建立 ${written.length} 个节点计划` : "建立节点计划"}
            </Button>
            <Button variant="default" onClick={guardedClose ?? onClose}>
              取消
            </Button>
            <Text size="xs" c="var(--text-quiet)">
              日期按自然日倒推，可以逐个改；一次建立，可以马上撤销。
            </Text>
          </Group>
        </Stack>
      </FormActions>
    </Stack>
  );
}
