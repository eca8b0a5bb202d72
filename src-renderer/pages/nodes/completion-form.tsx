import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import type { NodeRow } from "#contract/ledger.ts";
import type { StoredValue } from "#domain/fields.ts";
import { fieldOf } from "#domain/registry.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FieldControl } from "#renderer/components/field-control.tsx";
import { FormActions } from "#renderer/components/form-actions.tsx";
import { useFormGuard } from "#renderer/components/form-drawer.tsx";
import { SubmitForm, SubmitHint } from "#renderer/components/submit-form.tsx";
import { useInvalid } from "#renderer/components/use-invalid.ts";
import { NodeEvidence } from "./node-evidence.tsx";
import { nodeCompletionFields } from "./node-fields.ts";

/** Completion of one node: today is already there, Ctrl+Enter saves and sends it up. */
export function CompletionForm({ node, onDone }: { node: NodeRow; onDone: () => void }) {
  const { today } = useSession();
  const [before] = useState<Record<string, StoredValue>>({
    actual_on: node.actual_on ?? today,
    completion_note: node.completion_note,
    evidence: node.evidence,
  });
  const [values, setValues] = useState(before);
  useFormGuard(values !== before);
  const invalid = useInvalid();
  const stored: Record<string, StoredValue> = { ...node, acts: null };
  const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== stored[name]));
  const hasChanges = Object.keys(changed).length > 0;
  const input = { id: node.id, projectId: node.project_id, values: changed };
  const save = useWrite(client.nodes.save, { done: "完成情况已保存，还没有上报。", onDone, inlineError: true });
  const submit = useWrite(client.nodes.save, { done: "已保存并上报。", onDone, inlineError: true });
  const pending = save.isPending || submit.isPending;
  const send = () => {
    if (!pending && !invalid.any && values.actual_on !== null) submit.mutate({ ...input, submit: true });
  };
  return (
    <SubmitForm onSubmit={send}>
      <Stack gap="xs">
        {nodeCompletionFields.fields.map((name) => {
          const field = fieldOf("node", name);
          return (
            field && (
              <FieldControl
                key={name}
                field={field}
                value={values[name] ?? null}
                disabled={pending}
                autoFocus={name === "actual_on"}
                onChange={(value) => setValues((current) => ({ ...current, [name]: value }))}
                onInvalid={invalid.mark(name)}
              />
            )
          );
        })}
        <NodeEvidence node={node} />
        <FormActions>
          <Stack gap="xs">
            <FailureAlert error={submit.error ?? save.error} />
            <Group gap="xs">
              <Button
                type="submit"
                loading={submit.isPending}
                disabled={pending || invalid.any || values.actual_on === null}
              >
                保存并上报
              </Button>
              <Button
                variant="default"
                loading={save.isPending}
                disabled={pending || invalid.any || !hasChanges}
                onClick={() => save.mutate(input)}
              >
                只保存
              </Button>
              <SubmitHint does="保存并上报" />
            </Group>
          </Stack>
        </FormActions>
      </Stack>
    </SubmitForm>
  );
}
