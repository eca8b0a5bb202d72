import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { errorText } from "#renderer/app/error-text.ts";

type Props = { error: unknown; title?: string; onRetry?: () => void };

/** An error in place: what happened, what to do next, and 重试 where trying again may help. */
export function FailureAlert({ error, title, onRetry }: Props) {
  if (!error) return null;
  return (
    <Alert color="red" title={title} icon={<IconAlertTriangle />} role="alert">
      <Group justify="space-between" align="center">
        <Text size="sm" style={{ flex: 1 }}>
          {errorText(error)}
        </Text>
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            重试
          </Button>
        )}
      </Group>
    </Alert>
  );
}
