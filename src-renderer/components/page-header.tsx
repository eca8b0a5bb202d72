import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

type Props = { title: ReactNode; subtitle?: ReactNode; children?: ReactNode };

/** Head of a page: its name, one quiet line, and its actions at the right. */
export function PageHeader({ title, subtitle, children }: Props) {
  return (
    <Group justify="space-between" align="flex-start" mb="sm" wrap="nowrap" gap="md" style={{ flexShrink: 0 }}>
      <div style={{ minWidth: 0 }}>
        <Title order={1} fz="lg" lh={1.5}>
          {title}
        </Title>
        {subtitle && (
          <Text size="sm" c="var(--text-quiet)" component="div">
            {subtitle}
          </Text>
        )}
      </div>
      <Group gap="xs" wrap="nowrap" mih={36} style={{ flexShrink: 0 }}>
        {children}
      </Group>
    </Group>
  );
}
