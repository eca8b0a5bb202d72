import { Autocomplete, Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { IssueRow } from "#contract/issues.ts";
import { needsContent, raisedTo } from "#domain/issue.ts";
import { proposedDeadline } from "#domain/issue-time.ts";
import type { OfficeLevel } from "#domain/values.ts";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useSettings } from "#renderer/app/use-settings.ts";
import { DayInput } from "#renderer/components/day-input.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { SubmitForm, SubmitHint } from "#renderer/components/submit-form.tsx";
import { useInvalid } from "#renderer/components/use-invalid.ts";
import { actLabel, actWords } from "./act-words.ts";
import { DeadlineSource } from "./deadline-source.tsx";

export type ActInput = {
  content: string;
  on: string;
  supervisor?: string;
  deadlineOn?: string | null;
  handlerUnit?: string;
};

type Props = {
  act: keyof typeof actWords;
  issues: readonly IssueRow[];
  pending: boolean;
  error: unknown;
  onSubmit: (input: ActInput) => void;
};

const setsDeadline = new Set<string>(["raise", "answer", "hand_back", "supervise", "reopen"]);
const setsHandler = new Set<string>(["answer", "hand_back", "supervise"]);

/** What is written with an act. A deadline left as it is shown for several issues leaves theirs alone. */
export function ActForm({ act, issues, pending, error, onSubmit }: Props) {
  const { today, office } = useSession();
  const settings = useSettings();
  const { asks, hint } = actWords[act];
  const [only, ...others] = issues;
  const level = levelAfter(act, only, office.level);
  const proposed = level && act === "raise" ? proposedDeadline(settings, level, today) : null;
  const shownDeadline = proposed ?? (others.length === 0 ? (only?.deadline_on ?? null) : null);
  const [content, setContent] = useState("");
  const [on, setOn] = useState<string | null>(today);
  const [deadline, setDeadline] = useState(shownDeadline);
  const [handler, setHandler] = useState("");
  const [supervisor, setSupervisor] = useState("");
  const invalid = useInvalid();
  const handlers = useQuery(api.issues.handlers.queryOptions()).data ?? [];
  const isBlocked = (needsContent(act) && !content.trim()) || on === null || invalid.any;
  const submit = () => {
    if (isBlocked || pending || on === null) return;
    const isLeft = proposed === null && deadline === shownDeadline;
    onSubmit({
      content,
      on,
      ...(act === "supervise" && { supervisor }),
      ...(setsDeadline.has(act) && !isLeft && { deadlineOn: deadline }),
      ...(setsHandler.has(act) && { handlerUnit: handler }),
    });
  };
  return (
    <SubmitForm onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">
          {issues.slice(0, 3).map(({ title }) => `“${title}”`)}
          {issues.length > 3 && `等 ${issues.length} 个问题`}
        </Text>
        {act === "supervise" && (
          <TextInput
            label="督办领导或单位"
            placeholder="如：市政府督考办"
            maxLength={80}
            data-autofocus
            value={supervisor}
            onChange={(event) => setSupervisor(event.currentTarget.value)}
          />
        )}
        <Textarea
          label={asks}
          description={hint}
          required={needsContent(act)}
          data-autofocus={act === "supervise" ? undefined : true}
          autosize
          minRows={3}
          maxRows={8}
          maxLength={4000}
          value={content}
          onChange={(event) => setContent(event.currentTarget.value)}
        />
        {setsHandler.has(act) && (
          <Autocomplete
            label="承办单位（不填则不变）"
            placeholder={others.length === 0 ? (only?.handler_unit ?? "如：市住建局") : undefined}
            maxLength={80}
            data={handlers}
            value={handler}
            onChange={setHandler}
          />
        )}
        <SimpleGrid cols={2}>
          <DayInput label="日期" required value={on} onChange={setOn} onInvalid={invalid.mark("on")} />
          {setsDeadline.has(act) && (
            <DayInput label="办理期限" value={deadline} onChange={setDeadline} onInvalid={invalid.mark("deadline")} />
          )}
        </SimpleGrid>
        {setsDeadline.has(act) && level && <DeadlineSource level={level} />}
        <FailureAlert error={error} />
        <Group gap="sm">
          <Button type="submit" loading={pending} disabled={isBlocked}>
            {actLabel(act, issues, office.level)}
          </Button>
          <SubmitHint />
        </Group>
      </Stack>
    </SubmitForm>
  );
}

function levelAfter(act: Props["act"], issue: IssueRow | undefined, office: OfficeLevel) {
  if (!issue) return undefined;
  return (act === "raise" ? raisedTo(issue, office) : null) ?? issue.level;
}
