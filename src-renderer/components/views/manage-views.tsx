import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { SavedView } from "#contract/views.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { RemoveButton } from "#renderer/components/remove-button.tsx";

type Props = { opened: boolean; onClose: () => void; views: readonly SavedView[] };

/** Renames, deletes, and chooses the view that the menu opens the page with. */
export function ManageViews({ opened, onClose, views }: Props) {
  return (
    <Modal opened={opened && views.length > 0} onClose={onClose} title="管理视图" size="lg">
      <Stack gap="sm">
        <Text size="sm" c="var(--text-quiet)">
          默认视图：从左边菜单进入这个页面时先显示它。
        </Text>
        {views.map((view) => (
          <Line key={view.id} view={view} />
        ))}
      </Stack>
    </Modal>
  );
}

function Line({ view: { id, name, isDefault } }: { view: SavedView }) {
  const [text, setText] = useState(name);
  const rename = useWrite(client.views.rename, { done: "视图已改名。" });
  const remove = useWrite(client.views.remove, { done: "视图已删除。" });
  const setDefault = useWrite(client.views.setDefault, { done: () => null });
  const wanted = text.trim();
  const isChanged = wanted !== "" && wanted !== name;
  const save = () => isChanged && rename.mutate({ id, name: wanted });
  return (
    <Group gap="xs" wrap="nowrap">
      <TextInput
        aria-label={`视图名称：${name}`}
        flex={1}
        maxLength={40}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && !event.nativeEvent.isComposing && save()}
      />
      <Button variant="default" disabled={!isChanged} loading={rename.isPending} onClick={save}>
        改名
      </Button>
      <Checkbox
        label="默认"
        aria-label={`默认视图：${name}`}
        checked={isDefault}
        onChange={(event) => setDefault.mutate({ id, isDefault: event.currentTarget.checked })}
      />
      <RemoveButton
        title="删除视图"
        message={`视图“${name}”将被删除，不能撤销；台账数据不受影响。`}
        onRemove={() => remove.mutate({ id })}
      />
    </Group>
  );
}
