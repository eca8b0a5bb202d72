import { Alert, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconPencil, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { IssuePage } from "#contract/issues.ts";
import { nextStep } from "#domain/issue.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api, client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { AttachmentPanel } from "#renderer/components/attachments/attachment-panel.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FormDrawer, useFormGuard } from "#renderer/components/form-drawer.tsx";
import { onCtrlEnter } from "#renderer/components/submit-form.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import { IssueActs } from "./issue-acts.tsx";
import { IssueBadges } from "./issue-badges.tsx";
import { IssueEditor } from "./issue-editor.tsx";
import { IssueFacts } from "./issue-facts.tsx";
import { IssueLadder } from "./issue-ladder.tsx";
import { IssueTimeline } from "./issue-timeline.tsx";

/** One issue with its whole story: where it stands, what can be done now, what happened so far. */
export function IssueDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { asOf } = useLightDate();
  const [editing, setEditing] = useState(false);
  const query = useQuery({
    ...api.issues.get.queryOptions({ input: { id: id ?? "", asOf } }),
    enabled: id !== null,
    placeholderData: (before) => (before?.issue.id === id ? before : undefined),
  });
  const page = id === null ? undefined : query.data;
  if (page && editing) {
    return <IssueEditor opened issue={page.issue} onClose={() => setEditing(false)} onRemoved={onClose} />;
  }
  return (
    <FormDrawer opened={id !== null} onClose={onClose} title={page?.issue.title} size={680}>
      {query.isError && <FailureAlert error={query.error} onRetry={() => void query.refetch()} />}
      {id !== null && query.isPending && <Waiting what="正在打开问题" height={400} />}
      {page && <Story key={page.issue.id} page={page} onEdit={() => setEditing(true)} />}
    </FormDrawer>
  );
}

function Story({ page, onEdit }: { page: IssuePage; onEdit: () => void }) {
  const { issue, entries } = page;
  return (
    <Stack gap="sm">
      <IssueLadder issue={issue} />
      <Text size="sm">{nextStep(issue)}</Text>
      <Group justify="space-between">
        <IssueBadges issue={issue} />
        <Group gap={6}>
          {page.editable && (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPencil size={14} aria-hidden />}
              onClick={onEdit}
            >
              修改
            </Button>
          )}
          {issue.is_supervised === 1 && (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPrinter size={14} aria-hidden />}
              renderRoot={(props) => (
                <Link to="/print" search={{ sheet: "supervision", issueId: issue.id }} {...props} />
              )}
            >
              挂牌督办单
            </Button>
          )}
        </Group>
      </Group>
      {issue.contradiction && <Alert color="red">{issue.contradiction}</Alert>}
      {!page.editable && issue.acts.length === 0 && <Alert color="gray">{page.readOnlyReason}</Alert>}
      <IssueActs issues={[issue]} />
      {issue.acts.includes("follow_up") && <FollowUp issueId={issue.id} />}
      <IssueFacts page={page} />
      <Text fw={600} size="sm">
        办理过程
      </Text>
      {entries.length === 0 ? (
        <Text size="sm" c="var(--text-quiet)">
          还没有办理记录。在上面写一句进展，或点一个办理按钮。
        </Text>
      ) : (
        <IssueTimeline entries={entries} />
      )}
      <AttachmentPanel
        subject={{ issueId: issue.id }}
        label="问题材料"
        hint="还没有材料。现场照片、会议纪要、批复可以放在这里。"
      />
    </Stack>
  );
}

const focusOnMount = (field: HTMLTextAreaElement | null) => field?.focus({ preventScroll: true });

/** The line that is written most often: at hand as soon as the issue is open. */
function FollowUp({ issueId }: { issueId: string }) {
  const [content, setContent] = useState("");
  useFormGuard(content !== "");
  const write = useWrite(client.issues.act, { done: "已跟进。", onDone: () => setContent("") });
  const submit = () => {
    if (content.trim() && !write.isPending) write.mutate({ ids: [issueId], act: "follow_up", content });
  };
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <Textarea
        label="跟进"
        placeholder="写一句进展，Ctrl+Enter 保存"
        ref={focusOnMount}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={4000}
        style={{ flex: 1 }}
        value={content}
        onChange={(event) => setContent(event.currentTarget.value)}
        onKeyDown={onCtrlEnter(submit)}
      />
      <Button variant="light" loading={write.isPending} disabled={!content.trim()} onClick={submit}>
        保存跟进
      </Button>
    </Group>
  );
}
