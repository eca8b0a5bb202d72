import { Button, Group, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";

type Props = { label: string; note?: string; disabled: boolean; onAdd: () => void; children?: ReactNode };

/** First line of a tab: what can be added, other acts (`children`), and one quiet remark. */
export function TabBar({ label, note, disabled, onAdd, children }: Props) {
  return (
    <Group justify="space-between" mb="xs">
      <Group gap="xs">
        <Button
          size="compact-md"
          variant="light"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={disabled}
          onClick={onAdd}
        >
          {label}
        </Button>
        {children}
      </Group>
      {note && (
        <Text size="sm" c="var(--text-quiet)">
          {note}
        </Text>
      )}
    </Group>
  );
}
