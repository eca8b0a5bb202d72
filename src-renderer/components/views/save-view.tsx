import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { SavedView } from "#contract/views.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";

type Shown = Pick<SavedView, "page" | "search" | "columns">;
type Props = { opened: boolean; onClose: () => void; shown: Shown; views: readonly SavedView[] };

/** Asks for the name; a name that is taken is replaced, and the button says so. */
export function SaveView({ opened, onClose, ...rest }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="保存当前视图">
      <Form onClose={onClose} {...rest} />
    </Modal>
  );
}

function Form({ onClose, shown, views }: Omit<Props, "opened">) {
  const [name, setName] = useState("");
  const isTaken = views.some((view) => view.name === name.trim());
  const save = useWrite(client.views.save, {
    done: (_, { name }) => `视图“${name}”已保存。`,
    onDone: onClose,
    inlineError: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "" && !save.isPending) save.mutate({ ...shown, name: name.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="名称"
          placeholder="如：红灯的重点项目"
          required
          maxLength={40}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Text size="sm" c="var(--text-quiet)">
          记住现在的筛选条件、排序{shown.columns && "和显示列"}。视图只在本机，属于当前经办人。
        </Text>
        <FailureAlert error={save.error} />
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
            {isTaken ? "替换同名视图" : "保存"}
          </Button>
          <Button variant="default" onClick={onClose}>
            取消
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
