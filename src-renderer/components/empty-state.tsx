import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Nothing to show: says what is missing and what to do next; `children` are the buttons for it. */
export function EmptyState({ title, next, children }: { title: string; next?: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap={6} py="xl" px="md">
      <Text fw={600}>{title}</Text>
      {next && (
        <Text size="sm" c="var(--text-quiet)" ta="center" maw={520}>
          {next}
        </Text>
      )}
      {children}
    </Stack>
  );
}
