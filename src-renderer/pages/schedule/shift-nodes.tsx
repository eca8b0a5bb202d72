import { Alert, Button, Group, Modal, NumberInput, ScrollArea, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { NodeRow, ProjectPage } from "#contract/ledger.ts";
import { addDays, daysBetween, isIsoDate } from "#domain/calendar.ts";
import { planShift, type Shift } from "#domain/schedule.ts";
import { auditStates } from "#domain/values.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { DayInput } from "#renderer/components/day-input.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { useInvalid } from "#renderer/components/use-invalid.ts";
import classes from "./schedule.module.css";

type Props = { page: ProjectPage; node: NodeRow | null; onClose: () => void };

/** 顺延: moves a node and what follows it by so many days, after showing every day that changes. */
export function ShiftNodes({ page, node, onClose }: Props) {
  return (
    <Modal opened={node !== null} onClose={onClose} title={node ? `顺延：${node.name}` : ""} size={720}>
      {node?.planned_on && (
        <Preview key={node.id} page={page} node={node} plannedOn={node.planned_on} onClose={onClose} />
      )}
    </Modal>
  );
}

type PreviewProps = { page: ProjectPage; node: NodeRow; plannedOn: string; onClose: () => void };

function Preview({ page, node, plannedOn, onClose }: PreviewProps) {
  const [days, setDays] = useState<number | null>(null);
  const invalid = useInvalid();
  const newDay = days === null ? null : addDays(plannedOn, days);
  const shift = planShift(page.nodes, node.id, days ?? 0);
  const overtaken = days !== null && days < 0 ? overtakenBy(page.nodes, shift) : [];
  const write = useWrite(client.schedule.shift, {
    done: (_, { expected }) => `已调整 ${expected.length} 个节点的计划日期。`,
    onDone: onClose,
    inlineError: true,
  });
  const canMove = days !== null && days !== 0 && newDay !== null && isIsoDate(newDay) && !invalid.any;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!canMove || write.isPending || days === null) return;
    write.mutate({
      projectId: page.project.id,
      nodeId: node.id,
      days,
      expected: shift.moved.map(({ node: { id } }) => id),
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Group grow align="flex-start">
          <NumberInput
            label="顺延多少天"
            description="自然日；提前填负数"
            data-autofocus
            allowDecimal={false}
            min={-3650}
            max={3650}
            value={days ?? ""}
            onChange={(given) => setDays(typeof given === "number" ? given : null)}
          />
          <DayInput
            label="或者改到哪一天"
            description={`原计划 ${plannedOn}`}
            value={newDay}
            onChange={(day) => setDays(day === null ? null : daysBetween(plannedOn, day))}
            onInvalid={invalid.mark("day")}
          />
        </Group>
        <ScrollArea.Autosize mah="42vh">
          <table className={classes.plan} aria-label="顺延后的日期">
            <thead>
              <tr>
                <th>节点</th>
                <th style={{ width: 120 }}>原计划</th>
                <th style={{ width: 120 }}>新计划</th>
              </tr>
            </thead>
            <tbody>
              {shift.moved.map(({ node: { id, name }, from, to }) => (
                <tr key={id}>
                  <td>{name}</td>
                  <td>{from}</td>
                  <td>{days ? <b>{to}</b> : "—"}</td>
                </tr>
              ))}
              {shift.kept.map((kept) => (
                <tr key={kept.id} data-skipped>
                  <td>{kept.name}</td>
                  <td>{kept.planned_on}</td>
                  <td>不动（{kept.actual_on ? `${kept.actual_on} 完成` : auditStates[kept.audit_state]}）</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea.Autosize>
        {overtaken.length > 0 && (
          <Alert color="yellow" p="xs">
            提前后会早于前面还没完成的节点：{overtaken.join("、")}。
          </Alert>
        )}
        <Text size="xs" c="var(--text-quiet)">
          计划日期在它之后的节点一起移动；已完成、已上报和没有日期的节点不动。可以马上撤销。
        </Text>
        <FailureAlert error={write.error} />
        <Group>
          <Button type="submit" disabled={!canMove} loading={write.isPending}>
            {days !== null && days < 0 ? "提前" : "顺延"} {shift.moved.length} 个节点
          </Button>
          <Button variant="default" onClick={onClose}>
            取消
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Names of unfinished nodes that stood before those moved and would now stand after the first of them. */
function overtakenBy(nodes: readonly NodeRow[], { moved }: Shift<NodeRow>): string[] {
  const [first] = moved;
  if (!first) return [];
  const ids = new Set(moved.map(({ node }) => node.id));
  return nodes
    .filter(({ id, planned_on, actual_on }) => !ids.has(id) && actual_on === null && (planned_on ?? "") > first.to)
    .map(({ name }) => name);
}
