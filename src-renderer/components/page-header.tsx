import { Group, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

type Props = { title: string; subtitle?: ReactNode; children?: ReactNode };

export const LIST_TOOLS_PLACE = "list-tools";

/** Head of a page: its name (also the window's), one quiet line, and its actions at the right. */
export function PageHeader({ title, subtitle, children }: Props) {
  useDocumentTitle(`${title} - 连心桥`);
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
        {/* Where a list of the page puts its tools (list-tools.tsx). */}
        <Group id={LIST_TOOLS_PLACE} gap="xs" wrap="nowrap" />
      </Group>
    </Group>
  );
}
