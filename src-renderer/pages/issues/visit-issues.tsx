import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { IssueBadges } from "./issue-badges.tsx";
import { IssueDrawer } from "./issue-drawer.tsx";
import { IssueEditor } from "./issue-editor.tsx";

/** Problems that came up at a visit, and the button to raise one. */
export function VisitIssues({ visitId, projectId }: { visitId: string; projectId: string }) {
  const { asOf } = useLightDate();
  const [raising, setRaising] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const { data } = useQuery(
    api.issues.list.queryOptions({ input: { filter: { visitId }, offset: 0, limit: 50, asOf } }),
  );
  return (
    <Stack gap={4} component="section" aria-label="走访中发现的问题">
      <Group justify="space-between">
        <Text fw={600} size="sm">
          走访中发现的问题
        </Text>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setRaising(true)}
        >
          提出问题
        </Button>
      </Group>
      {data?.rows.map((issue) => (
        <Group key={issue.id} gap="xs" wrap="nowrap">
          <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setOpened(issue.id)}>
            {issue.title}
          </Anchor>
          <IssueBadges issue={issue} />
        </Group>
      ))}
      {data?.total === 0 && (
        <Text size="sm" c="var(--text-quiet)">
          需要协调解决的，提出为问题，才会进入问题清单、逐月跟进。
        </Text>
      )}
      <IssueEditor
        opened={raising}
        onClose={() => setRaising(false)}
        start={{ project_id: projectId, visit_id: visitId }}
      />
      <IssueDrawer id={opened} onClose={() => setOpened(null)} />
    </Stack>
  );
}
