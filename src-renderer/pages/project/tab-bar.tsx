import { Button, Group, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";

type Props = { label: string; note?: string; disabled: boolean; onAdd: () => void };

/** First line of a tab: what can be added, and one quiet remark. */
export function TabBar({ label, note, disabled, onAdd }: Props) {
  return (
    <Group justify="space-between" mb="xs">
      <Button
        size="compact-md"
        variant="light"
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={disabled}
        onClick={onAdd}
      >
        {label}
      </Button>
      {note && (
        <Text size="sm" c="var(--text-quiet)">
          {note}
        </Text>
      )}
    </Group>
  );
}
