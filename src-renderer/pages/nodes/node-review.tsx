/** The audit acts open to this office on a node: 上报, 撤回, 审核通过, 退回, 重新打开. */
import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import type { NodeRow } from "#contract/ledger.ts";
import type { ReviewAct } from "#domain/review.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { ReasonForm } from "#renderer/components/reason-form.tsx";

const acts: Record<ReviewAct, { label: string; done: string; variant: "filled" | "light" | "default" }> = {
  submit: { label: "上报", done: "已上报", variant: "light" },
  approve: { label: "审核通过", done: "已审核通过", variant: "filled" },
  return: { label: "退回", done: "已退回", variant: "default" },
  withdraw: { label: "撤回", done: "已撤回", variant: "default" },
  reopen: { label: "重新打开", done: "已重新打开", variant: "default" },
};
const actOrder: ReviewAct[] = ["submit", "approve", "return", "withdraw", "reopen"];
const needsReason = (act: ReviewAct) => act === "return" || act === "reopen";

type Props = {
  /** The nodes the act is for; the acts offered are those open to every one of them. */
  nodes: readonly NodeRow[];
  /** Called instead of 上报 when the completion still lacks its date. */
  onIncomplete?: (node: NodeRow) => void;
  onDone?: () => void;
};

export function NodeReview({ nodes, onIncomplete, onDone }: Props) {
  const [asking, setAsking] = useState<ReviewAct | null>(null);
  const review = useWrite(client.nodes.review, {
    done: (_, { act, ids }) => `${acts[act].done} ${ids.length} 个节点。`,
    onDone: () => {
      setAsking(null);
      onDone?.();
    },
  });
  const ids = nodes.map((node) => node.id);
  const open = actOrder.filter((act) => nodes.length > 0 && nodes.every((node) => node.acts.includes(act)));
  const start = (act: ReviewAct) => {
    const incomplete = act === "submit" ? nodes.find((node) => node.actual_on === null) : undefined;
    if (incomplete && onIncomplete) onIncomplete(incomplete);
    else if (needsReason(act)) setAsking(act);
    else review.mutate({ ids, act });
  };
  return (
    <Group gap={4} wrap="nowrap">
      {open.map((act) => (
        <Button
          key={act}
          size="compact-sm"
          variant={acts[act].variant}
          loading={review.isPending && review.variables.act === act}
          onClick={() => start(act)}
        >
          {acts[act].label}
        </Button>
      ))}
      <Modal opened={asking !== null} onClose={() => setAsking(null)} title={asking ? `${acts[asking].label}节点` : ""}>
        {asking && (
          <ReasonForm
            names={nodes.map((node) => node.name)}
            unit="个节点"
            label={acts[asking].label}
            pending={review.isPending}
            error={review.error}
            onSubmit={(reason) => review.mutate({ ids, act: asking, reason })}
          />
        )}
      </Modal>
    </Group>
  );
}
