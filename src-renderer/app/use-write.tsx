import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { errorText, isCancelled } from "./error-text.ts";
import { refreshAll, rememberWrite, tellDone, undoWrite } from "./undo.tsx";
import { tellingOfImport } from "./waiting.ts";

type WriteOptions<Output, Input> = {
  /** What has been done, as a sentence for the notification; null shows none. */
  done: string | ((output: Output, input: Input) => string | null);
  onDone?: (output: Output, input: Input) => void;
  /** True where the form itself shows the error (mutation.error) next to its button. */
  inlineError?: boolean;
};

/**
 * A write into the core: afterwards every query is asked again, a notification says what was done and, when
 * the core names the change set, offers 撤销.
 */
export function useWrite<Output, Input>(
  call: (input: Input) => Promise<Output>,
  { done, onDone, inlineError = false }: WriteOptions<Output, Input>,
) {
  return useMutation<Output, Error, Input>({
    mutationFn: (input) => tellingOfImport(call(input)),
    onSuccess: async (output, input) => {
      const message = typeof done === "string" ? done : done(output, input);
      const changeSet = changeSetOf(output);
      if (changeSet) rememberWrite(changeSet);
      if (message) showDone(message, changeSet);
      onDone?.(output, input);
      await refreshAll();
    },
    onError: (error) => {
      const color = isCancelled(error) ? "gray" : "red";
      if (!inlineError) notifications.show({ message: errorText(error), color, autoClose: 12_000 });
    },
  });
}

function showDone(message: string, changeSet: number | null) {
  const body = changeSet ? (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Text size="sm">{message}</Text>
      <Button size="compact-sm" variant="subtle" onClick={() => void undoWrite(changeSet)}>
        撤销
      </Button>
    </Group>
  ) : (
    message
  );
  tellDone({ message: body, color: "green", autoClose: changeSet ? 8000 : 5000 });
}

function changeSetOf(output: unknown): number | null {
  if (!output || typeof output !== "object" || !("changeSet" in output)) return null;
  return typeof output.changeSet === "number" ? output.changeSet : null;
}
