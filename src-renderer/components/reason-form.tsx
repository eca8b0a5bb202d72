import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { FailureAlert } from "./failure-alert.tsx";

type Props = {
  /** Of the records that the act is for. */
  names: string[];
  /** What several are counted in: "个节点". */
  unit: string;
  label: string;
  pending: boolean;
  error: unknown;
  onSubmit: (reason: string) => void;
};

/** Asks why something is given back. */
export function ReasonForm({ names, unit, label, pending, error, onSubmit }: Props) {
  const [reason, setReason] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(reason);
      }}
    >
      <Stack>
        <Text size="sm">
          {names.slice(0, 3).map((name) => `“${name}”`)}
          {names.length > 3 && `等 ${names.length} ${unit}`}
        </Text>
        <Textarea
          label={`${label}原因`}
          description="填报单位会看到，请写明需要改什么。"
          required
          data-autofocus
          minRows={3}
          autosize
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FailureAlert error={error} />
        <Group>
          <Button type="submit" loading={pending} disabled={!reason.trim()}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
