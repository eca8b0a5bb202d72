/** The steps of the ladder open to this office: a button each, and what has to be written with it. */
import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import type { IssueRow } from "#contract/issues.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { ActForm } from "./act-form.tsx";
import { actLabel, actWords } from "./act-words.ts";

type Act = keyof typeof actWords;
const actOrder = Object.keys(actWords) as Act[];

type Props = {
  /** The issues the act is for; offered is what is open to every one of them. */
  issues: readonly IssueRow[];
  onDone?: () => void;
};

export function IssueActs({ issues, onDone }: Props) {
  const { office } = useSession();
  const [asking, setAsking] = useState<Act | null>(null);
  const write = useWrite(client.issues.act, {
    done: (_, { act, ids }) =>
      `已${act === "follow_up" ? "跟进" : actLabel(act, issues, office.level).replace(/^已/, "")}${ids.length > 1 ? ` ${ids.length} 个问题` : ""}。`,
    onDone: () => {
      setAsking(null);
      onDone?.();
    },
    inlineError: true,
  });
  const open = actOrder.filter((act) => issues.length > 0 && issues.every((issue) => issue.acts.includes(act)));
  const close = () => {
    write.reset();
    setAsking(null);
  };
  return (
    <Group gap={6}>
      {open.map((act) => (
        <Button key={act} size="compact-md" variant={actWords[act].variant} onClick={() => setAsking(act)}>
          {actLabel(act, issues, office.level)}
        </Button>
      ))}
      <Modal
        opened={asking !== null}
        onClose={close}
        title={asking ? actLabel(asking, issues, office.level) : ""}
        size="lg"
      >
        {asking && (
          <ActForm
            key={asking}
            act={asking}
            issues={issues}
            pending={write.isPending}
            error={write.error}
            onSubmit={(given) => write.mutate({ ids: issues.map(({ id }) => id), act: asking, ...given })}
          />
        )}
      </Modal>
    </Group>
  );
}
