import { Group, Kbd, Modal, Stack, Text } from "@mantine/core";
import { useActiveShortcuts } from "./shortcuts.ts";

const everywhere = [
  { keys: "↑ ↓", label: "在表格中上下移动" },
  { keys: "Enter", label: "打开表格中选中的一行" },
  { keys: "Ctrl+Enter", label: "保存正在填写的表单" },
  { keys: "Esc", label: "关闭窗口或菜单" },
];

export function ShortcutDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const shortcuts = useActiveShortcuts();
  return (
    <Modal opened={opened} onClose={onClose} title="快捷键">
      <Stack gap="xs">
        {[...shortcuts, ...everywhere].map(({ keys, label }) => (
          <Group key={keys} justify="space-between" wrap="nowrap">
            <Text size="sm">{label}</Text>
            <Kbd>{keys}</Kbd>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
