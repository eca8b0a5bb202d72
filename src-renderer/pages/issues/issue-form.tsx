import { Autocomplete, Button, Group, Select, SimpleGrid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { IssueRow } from "#contract/issues.ts";
import type { StoredValue } from "#domain/fields.ts";
import { guessCategory } from "#domain/issue-category.ts";
import { proposedDeadline } from "#domain/issue-time.ts";
import { searchKey, searchNeedle } from "#domain/pinyin.ts";
import { type FieldName, fieldOf } from "#domain/registry.ts";
import { issueCategories } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api, client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useSettings } from "#renderer/app/use-settings.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FieldControl } from "#renderer/components/field-control.tsx";
import { otherFields } from "#renderer/components/field-groups.ts";
import { FormActions } from "#renderer/components/form-actions.tsx";
import { useFormGuard } from "#renderer/components/form-drawer.tsx";
import { labelOptions } from "#renderer/components/label-options.ts";
import { ProjectInput } from "#renderer/components/reference-input.tsx";
import { SubmitForm, SubmitHint } from "#renderer/components/submit-form.tsx";
import { useInvalid } from "#renderer/components/use-invalid.ts";
import { DeadlineSource } from "./deadline-source.tsx";
import { RemoveIssue } from "./remove-issue.tsx";

/** Of the project a new issue is of, and of the visit at which it came up. */
export type IssueStart = { project_id?: string; visit_id?: string };

type Name = FieldName<"issue">;
type Values = { [K in Name]?: StoredValue };
type Props = { issue?: IssueRow; start?: IssueStart; onDone: () => void; onRemoved: () => void };

const required: Name[] = ["project_id", "title", "category", "source", "found_on"];
const hotline: Name[] = ["hotline_no", "caller", "caller_phone"];
const others = otherFields("issue", [
  ...required,
  ...hotline,
  "visit_id",
  "handler_unit",
  "handler_person",
  "deadline_on",
  "detail",
  "measures",
]);

/** The fields in the order in which a problem is told; what can be known beforehand is already there. */
export function IssueForm({ issue, start = {}, onDone, onRemoved }: Props) {
  const { today } = useSession();
  const settings = useSettings();
  const [before] = useState<Values>(
    issue ?? { ...start, found_on: today, source: start.visit_id ? "visit" : "report" },
  );
  const [entered, setEntered] = useState(before);
  const guardedClose = useFormGuard(entered !== before);
  const isNew = issue === undefined;
  const foundOn = String(entered.found_on ?? today);
  // Until another is chosen: what the title suggests, and what the city has set.
  const values: Values = {
    ...entered,
    category: entered.category ?? guessCategory(String(entered.title ?? "")),
    deadline_on:
      isNew && entered.deadline_on === undefined ? proposedDeadline(settings, "region", foundOn) : entered.deadline_on,
  };
  const invalid = useInvalid();
  const [missing, setMissing] = useState<readonly string[]>([]);
  const handlers = useQuery(api.issues.handlers.queryOptions()).data ?? [];
  const current = useProject(text(before.project_id));
  const save = useWrite(client.issues.save, {
    done: isNew ? "问题已提出。" : "问题已保存。",
    onDone: onDone,
    inlineError: true,
  });
  const change = (name: Name) => (value: StoredValue) => {
    setEntered((was) => ({ ...was, [name]: value }));
    setMissing((was) => was.filter((each) => each !== name));
  };
  const written = changed(values, issue);
  const submit = () => {
    const empty = required.filter((name) => !values[name]);
    setMissing(empty);
    if (empty.length > 0 || invalid.any || save.isPending) return;
    if (Object.keys(written).length === 0) return onDone();
    save.mutate({ id: issue?.id, values: written });
  };
  const control = (name: Name, autoFocus = false) => {
    const field = fieldOf("issue", name);
    return (
      field && (
        <FieldControl
          key={name}
          field={field}
          value={values[name] ?? null}
          error={missing.includes(name) ? "必填" : undefined}
          disabled={save.isPending}
          autoFocus={autoFocus}
          onChange={change(name)}
          onInvalid={invalid.mark(name)}
        />
      )
    );
  };
  const hasProject = text(before.project_id) !== null;
  return (
    <SubmitForm onSubmit={submit}>
      <Stack gap="xs">
        <ProjectInput
          key={current?.value}
          label="项目"
          required
          data-autofocus={hasProject ? undefined : true}
          current={current}
          disabled={start.visit_id !== undefined}
          error={missing.includes("project_id") && "请选择项目"}
          value={text(values.project_id)}
          onChange={change("project_id")}
        />
        {control("title", hasProject)}
        <SimpleGrid cols={3} spacing="md">
          <Select
            label="类别"
            required
            searchable
            placeholder="可按拼音首字母找"
            error={missing.includes("category") && "请选择类别"}
            data={labelOptions(issueCategories)}
            filter={({ options, search }) =>
              options.filter((option) => "label" in option && searchKey(option.label).includes(searchNeedle(search)))
            }
            value={text(values.category)}
            onChange={change("category")}
          />
          {control("source")}
          {control("found_on")}
        </SimpleGrid>
        {values.source === "hotline" && (
          <SimpleGrid cols={3} spacing="md">
            {hotline.map((name) => control(name))}
          </SimpleGrid>
        )}
        <SimpleGrid cols={3} spacing="md">
          <Autocomplete
            label="承办单位"
            maxLength={80}
            data={handlers}
            value={text(values.handler_unit) ?? ""}
            onChange={(unit) => change("handler_unit")(unit || null)}
          />
          {control("handler_person")}
          {control("deadline_on")}
        </SimpleGrid>
        <DeadlineSource level={issue?.level ?? "region"} />
        {control("detail")}
        {control("measures")}
        {others.map((name) => control(name))}
        <FormActions>
          <Stack gap="xs">
            <FailureAlert error={save.error} />
            <Group gap="xs">
              <Button type="submit" loading={save.isPending}>
                {isNew ? "提出" : "保存"}
              </Button>
              <Button variant="default" onClick={guardedClose ?? onDone} disabled={save.isPending}>
                取消
              </Button>
              {issue && <RemoveIssue issue={issue} onRemoved={onRemoved} />}
              <SubmitHint does="保存" />
            </Group>
          </Stack>
        </FormActions>
      </Stack>
    </SubmitForm>
  );
}

const text = (value: StoredValue | undefined) => (value ? String(value) : null);

/** The project chosen from the start, with its name once it is known. */
function useProject(id: string | null) {
  const { asOf } = useLightDate();
  const { data } = useQuery({
    ...api.projects.get.queryOptions({ input: { id: id ?? "", asOf } }),
    enabled: id !== null,
  });
  return id !== null && data ? { value: id, label: data.project.name } : undefined;
}

/** What the form writes: for a new issue every filled field, else what differs from what is stored. */
function changed(values: Values, issue: IssueRow | undefined): Record<string, StoredValue> {
  const stored: Readonly<Record<string, StoredValue | undefined>> = issue
    ? Object.fromEntries(Object.entries(issue).map(([name, value]) => [name, value as StoredValue]))
    : {};
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, StoredValue] => {
      const [name, value] = entry;
      return fieldOf("issue", name) !== undefined && value !== undefined && value !== (stored[name] ?? null);
    }),
  );
}
