import { Button, Group, Kbd, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { VisitIssues } from "#renderer/pages/issues/visit-issues.tsx";
import type { SavedVisit } from "./visit-form.tsx";
import { VisitPhotos } from "./visit-photos.tsx";

const focusOnMount = (button: HTMLButtonElement | null) => button?.focus();

type Props = { visit: SavedVisit; onAgain: () => void; onClose: () => void };

/** After saving: Enter starts the next record, Esc closes. */
export function VisitSaved({ visit: { id: visitId, projectId }, onAgain, onClose }: Props) {
  return (
    <Stack align="center" gap="md" py="xl">
      <IconCircleCheck size={40} stroke={1.4} color="var(--light-green)" aria-hidden />
      <Text fw={600} role="status">
        走访已保存
      </Text>
      <Group>
        <Button ref={focusOnMount} onClick={onAgain}>
          再记一条
        </Button>
        <Button
          variant="default"
          onClick={onClose}
          renderRoot={(props) => <Link to="/print" search={{ sheet: "visit", visitId }} {...props} />}
        >
          打印走访记录
        </Button>
        <Button variant="default" onClick={onClose}>
          关闭
        </Button>
      </Group>
      <div style={{ alignSelf: "stretch" }}>
        <VisitIssues visitId={visitId} projectId={projectId} />
      </div>
      <div style={{ alignSelf: "stretch" }}>
        <VisitPhotos visitId={visitId} />
      </div>
      <Text size="sm" c="var(--text-quiet)">
        <Kbd>Enter</Kbd> 再记一条，<Kbd>Esc</Kbd> 关闭
      </Text>
    </Stack>
  );
}
