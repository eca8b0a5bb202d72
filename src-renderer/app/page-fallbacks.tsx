import { Button } from "@mantine/core";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";

export function NotFound() {
  return (
    <EmptyState title="没有这个页面" next="地址可能写错了，或这个页面已经改名。">
      <Button component="a" href="#/">
        回到工作台
      </Button>
    </EmptyState>
  );
}

/** Shown in place of a page whose own code failed; the rest of the program keeps working. */
export function PageCrashed({ error, reset }: { error: unknown; reset: () => void }) {
  return <FailureAlert error={error} title="这个页面出错了" onRetry={reset} />;
}
