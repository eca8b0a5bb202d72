import { Stack, Text, UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { SessionState } from "#contract/setup.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import classes from "./start.module.css";

type Props = { people: SessionState["people"]; currentId: string | null; onChosen?: () => void };

/** The office's people; arrow keys move, Enter or a click chooses. */
export function PersonList({ people, currentId, onChosen }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const choose = useWrite(client.setup.choosePerson, { done: () => null, onDone: onChosen, inlineError: true });
  useEffect(() => {
    list.current?.querySelector("button")?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button.matches(":focus"));
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <Stack gap={6} ref={list} onKeyDown={onKeyDown} mah={420} style={{ overflowY: "auto" }} p={4}>
      {people.map((person) => (
        <UnstyledButton
          key={person.id}
          className={classes.person}
          data-current={person.id === currentId || undefined}
          disabled={choose.isPending}
          onClick={() => choose.mutate({ personId: person.id })}
        >
          <Text fw={600}>{person.name}</Text>
          <Text size="sm" c="var(--text-quiet)">
            {person.duty}
            {person.id === currentId && "（当前）"}
          </Text>
        </UnstyledButton>
      ))}
      <FailureAlert error={choose.error} />
    </Stack>
  );
}
