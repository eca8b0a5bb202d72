import { Button, Group, SimpleGrid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment, useState } from "react";
import type { VisitRow } from "#contract/ledger.ts";
import { leadSecretary } from "#domain/assignment.ts";
import type { StoredValue } from "#domain/fields.ts";
import { type FieldName, fieldOf } from "#domain/registry.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api, client, queryClient } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FieldControl } from "#renderer/components/field-control.tsx";
import { otherFields } from "#renderer/components/field-groups.ts";
import { FormActions } from "#renderer/components/form-actions.tsx";
import { useFormGuard } from "#renderer/components/form-drawer.tsx";
import { PersonInput, ProjectInput } from "#renderer/components/reference-input.tsx";
import { RemoveButton } from "#renderer/components/remove-button.tsx";
import { SubmitForm, SubmitHint } from "#renderer/components/submit-form.tsx";
import { useInvalid } from "#renderer/components/use-invalid.ts";
import { VisitIssues } from "#renderer/pages/issues/visit-issues.tsx";
import { VisitFormPicker } from "./visit-form-picker.tsx";
import { VisitPhotos } from "./visit-photos.tsx";

export type SavedVisit = { id: string; projectId: string };
export type VisitStart = { project_id?: string; project_name?: string };

type Values = { [K in FieldName<"visit">]?: StoredValue };
type Props = { visit?: VisitRow; start?: VisitStart; onSaved: (saved: SavedVisit) => void; onCancel: () => void };

const required: FieldName<"visit">[] = ["project_id", "person_id", "visited_on", "form"];
const told: FieldName<"visit">[] = ["people_met", "findings", "follow_up", "follow_up_on", "followed_up_on"];
/** Fields that the registry has gained since this form was laid out. */
const others = otherFields("visit", [...required, ...told]);

/** The fields in the order in which a clerk tells a visit; today, 走访 and the secretary are already there. */
export function VisitForm({ visit, start, onSaved, onCancel }: Props) {
  const { today, person } = useSession();
  const { project_name, ...given } = start ?? {};
  const [before] = useState<Values>(visit ?? { visited_on: today, form: "visit", ...given });
  const [entered, setValues] = useState(before);
  const guardedClose = useFormGuard(entered !== before);
  const { asOf } = useLightDate();
  const secretaryId = useSecretary(visit ? null : textOf(entered.project_id), asOf);
  // Until another is chosen: the project's own secretary, or whoever sits at the keyboard.
  const values: Values = { ...entered, person_id: entered.person_id ?? secretaryId ?? person.id };
  const invalid = useInvalid();
  const [missing, setMissing] = useState<readonly string[]>([]);
  const saveVisit = async (written: Record<string, StoredValue>) => {
    if (visit) return client.visits.save({ id: visit.id, values: written });
    // Whoever is faster than the answer still gets the project's own secretary.
    const person_id = entered.person_id ?? (await loadSecretary(String(entered.project_id), asOf)) ?? person.id;
    return client.visits.save({ values: { ...written, person_id } });
  };
  const save = useWrite(saveVisit, {
    done: "走访已保存。",
    onDone: ({ id }) => onSaved({ id: visit?.id ?? id, projectId: String(values.project_id) }),
    inlineError: true,
  });
  const archive = useWrite(client.visits.archive, { done: "走访记录已删除。", onDone: onCancel });
  const change = (name: FieldName<"visit">) => (value: StoredValue) => {
    setValues((before) => ({ ...before, [name]: value }));
    setMissing((before) => before.filter((each) => each !== name));
  };
  const written = visit ? changedFrom(visit, values) : filled(values);
  const submit = () => {
    const empty = required.filter((name) => !values[name]);
    setMissing(empty);
    if (empty.length > 0 || invalid.any || save.isPending) return;
    if (Object.keys(written).length === 0) return onCancel();
    save.mutate(written);
  };
  const control = (name: FieldName<"visit">) => {
    const field = fieldOf("visit", name);
    return (
      field && (
        <FieldControl
          field={field}
          value={values[name] ?? null}
          error={missing.includes(name) ? "必填" : undefined}
          disabled={save.isPending}
          onChange={change(name)}
          onInvalid={invalid.mark(name)}
        />
      )
    );
  };
  const hasProject = visit !== undefined || start?.project_id !== undefined;
  return (
    <SubmitForm onSubmit={submit}>
      <Stack gap="xs">
        <ProjectInput
          label="项目"
          required
          data-autofocus={hasProject ? undefined : true}
          current={currentProject(visit, start)}
          error={missing.includes("project_id") && "请选择项目"}
          value={textOf(values.project_id)}
          onChange={change("project_id")}
        />
        <SimpleGrid cols={2} spacing="md">
          {control("visited_on")}
          <PersonInput
            label="服务秘书"
            required
            error={missing.includes("person_id") && "请选择秘书"}
            value={textOf(values.person_id)}
            onChange={change("person_id")}
          />
        </SimpleGrid>
        <VisitFormPicker value={textOf(values.form)} onChange={change("form")} autoFocus={hasProject} />
        {control("people_met")}
        {control("findings")}
        {control("follow_up")}
        <SimpleGrid cols={2} spacing="md">
          {control("follow_up_on")}
          {visit && control("followed_up_on")}
          {others.map((name) => (
            <Fragment key={name}>{control(name)}</Fragment>
          ))}
        </SimpleGrid>
        {visit && <VisitIssues visitId={visit.id} projectId={visit.project_id} />}
        {visit && <VisitPhotos visitId={visit.id} day={visit.visited_on} />}
        <FormActions>
          <Stack gap="xs">
            <FailureAlert error={save.error} />
            <Group gap="xs">
              <Button type="submit" loading={save.isPending}>
                保存
              </Button>
              <Button variant="default" onClick={guardedClose ?? onCancel} disabled={save.isPending}>
                取消
              </Button>
              {visit && (
                <Button
                  variant="default"
                  disabled={Object.keys(written).length > 0}
                  renderRoot={(props) => <Link to="/print" search={{ sheet: "visit", visitId: visit.id }} {...props} />}
                >
                  打印
                </Button>
              )}
              {visit && (
                <RemoveButton
                  title="删除走访记录"
                  message={`“${visit.projectName}”${visit.visited_on} 的走访将不再计入走访次数，删除后可以马上撤销。`}
                  pending={archive.isPending}
                  onRemove={() => archive.mutate({ id: visit.id })}
                />
              )}
              <SubmitHint does="保存" />
            </Group>
          </Stack>
        </FormActions>
      </Stack>
    </SubmitForm>
  );
}

const projectPage = (id: string, asOf: string) => api.projects.get.queryOptions({ input: { id, asOf } });

/** The current lead secretary of a project, once it is chosen. */
function useSecretary(projectId: string | null, asOf: string): string | undefined {
  const { data } = useQuery({ ...projectPage(projectId ?? "", asOf), enabled: projectId !== null });
  return data && leadSecretary(data.assignments, asOf);
}

async function loadSecretary(projectId: string, asOf: string): Promise<string | undefined> {
  const { assignments } = await queryClient.ensureQueryData(projectPage(projectId, asOf));
  return leadSecretary(assignments, asOf);
}

const textOf = (value: StoredValue | undefined) => (value ? String(value) : null);

function currentProject(visit: VisitRow | undefined, start: VisitStart | undefined) {
  if (visit) return { value: visit.project_id, label: visit.projectName };
  return start?.project_id ? { value: start.project_id, label: start.project_name ?? "" } : undefined;
}

function filled(values: Values): Record<string, StoredValue> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, StoredValue] => !!entry[1]));
}

function changedFrom(visit: VisitRow, values: Values): Record<string, StoredValue> {
  const stored: Readonly<Record<string, StoredValue>> = visit;
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, StoredValue] => entry[1] !== undefined && entry[1] !== stored[entry[0]],
    ),
  );
}
