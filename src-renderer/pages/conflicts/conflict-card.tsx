import { Badge, Button, Group, Radio, Stack, Text } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ConflictEntry, ConflictSide } from "#contract/exchange.ts";
import type { Field, StoredValue } from "#domain/fields.ts";
import { valueProblem } from "#domain/fields.ts";
import { fieldOf } from "#domain/registry.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FieldControl } from "#renderer/components/field-control.tsx";
import { ProjectLink } from "#renderer/components/project-link.tsx";
import { useInvalid } from "#renderer/components/use-invalid.ts";
import { ConflictHistory } from "./conflict-history.tsx";
import classes from "./conflicts.module.css";

const OTHER = "other";

/** One contested field: the sides, or a new value, and 采用. */
export function ConflictCard({ conflict }: { conflict: ConflictEntry }) {
  const [choice, setChoice] = useState<string | null>(null);
  const [value, setValue] = useState<StoredValue>(null);
  const [isUnfolded, setUnfolded] = useState(false);
  const invalid = useInvalid();
  const field = conflict.kind === "edit" ? fieldOf(conflict.entity, conflict.field) : undefined;
  const settle = useWrite(client.exchange.settle, { done: "冲突已处理。", inlineError: true });
  const isReady = choice === OTHER ? field !== undefined && isValid(field, value) && !invalid.any : choice !== null;
  const submit = () => {
    if (!choice || !isReady) return;
    settle.mutate({ conflictId: conflict.id, choice: choice === OTHER ? { value } : { stamp: choice } });
  };
  return (
    <form
      className={classes.card}
      aria-label={`${conflict.title} ${conflict.fieldLabel}`}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Group gap="xs" mb={8}>
        <Badge color={conflict.kind === "delete" ? "orange" : "gray"}>{conflict.entityLabel}</Badge>
        <Text fw={600} size="sm">
          {conflict.title}
        </Text>
        <Text size="sm">
          {conflict.kind === "delete" ? "一边归档，另一边还在修改" : `“${conflict.fieldLabel}”两边不同`}
        </Text>
        {conflict.projectId && conflict.projectName && (
          <ProjectLink id={conflict.projectId} name={conflict.entity === "project" ? "看项目" : conflict.projectName} />
        )}
      </Group>
      <Radio.Group aria-label={`${conflict.title}的${conflict.fieldLabel}取哪个值`} value={choice} onChange={setChoice}>
        <div className={classes.sides}>
          {conflict.sides.map((side) => (
            <Side key={side.stamp} side={side} isChosen={choice === side.stamp} />
          ))}
          {field && (
            <div className={classes.side} data-chosen={choice === OTHER || undefined}>
              <Radio value={OTHER} label="都不对，另填" fw={600} />
              {choice === OTHER && (
                <OtherValue>
                  <FieldControl field={field} value={value} onChange={setValue} onInvalid={invalid.mark("value")} />
                </OtherValue>
              )}
            </div>
          )}
        </div>
      </Radio.Group>
      <Stack gap="xs" mt="xs">
        <FailureAlert error={settle.error} />
        <Group>
          <Button type="submit" size="compact-md" disabled={!isReady} loading={settle.isPending}>
            {choice !== OTHER ? "采用选中的值" : value === null ? "清空这一项" : "采用新值"}
          </Button>
          <Button
            size="compact-md"
            variant="subtle"
            aria-expanded={isUnfolded}
            rightSection={<IconChevronDown size={16} aria-hidden className={classes.chevron} />}
            onClick={() => setUnfolded(!isUnfolded)}
          >
            {isUnfolded ? "收起修改经过" : "看修改经过"}
          </Button>
        </Group>
        {isUnfolded && <ConflictHistory conflict={conflict} />}
      </Stack>
    </form>
  );
}

/** Where a new value is typed: the cursor is in it as soon as it is there. */
function OtherValue({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector<HTMLElement>("input, textarea")?.focus(), []);
  return (
    <div ref={place} className={classes.other}>
      {children}
    </div>
  );
}

function Side({ side, isChosen }: { side: ConflictSide; isChosen: boolean }) {
  return (
    <div className={classes.side} data-chosen={isChosen || undefined}>
      <Radio
        value={side.stamp}
        label={
          <>
            <span className={classes.value}>{side.value}</span>
            <span className={classes.who}>
              {side.office} {side.person}，<span className={classes.at}>{side.at}</span>
            </span>
          </>
        }
      />
      <Group gap={6}>
        {side.won && <Badge color="blue">暂用此值</Badge>}
        {side.isOurs && <Badge color="gray">本单位</Badge>}
      </Group>
    </div>
  );
}

function isValid(field: Field, value: StoredValue): boolean {
  return valueProblem(field, value) === null;
}
