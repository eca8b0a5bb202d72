/** A form made from the registry: labels, controls and checks of the entity's fields. */
import { Button, Fieldset, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { type Field, type StoredValue, valueProblem } from "#domain/fields.ts";
import { type EntityName, type FieldName, fieldOf } from "#domain/registry.ts";
import { FailureAlert } from "./failure-alert.tsx";
import { FieldControl } from "./field-control.tsx";
import { FormActions } from "./form-actions.tsx";
import { useFormGuard } from "./form-drawer.tsx";
import classes from "./record-form.module.css";
import { SubmitForm, SubmitHint } from "./submit-form.tsx";

export type FormValues = Record<string, StoredValue>;
export type FieldGroup<E extends EntityName> = { title?: string; fields: readonly FieldName<E>[] };

type Props<E extends EntityName> = {
  entity: E;
  groups: readonly FieldGroup<E>[];
  /** Stored values at the start; absent fields start empty. */
  initial: { readonly [K in FieldName<E>]?: StoredValue };
  /**
   * Called with what the form writes: for a new record (`isNew`) every filled field, for an existing one only
   * the changed fields, so that two offices that edit different fields never meet in a conflict.
   */
  onSubmit: (values: FormValues) => void;
  isNew?: boolean;
  submitLabel?: string;
  pending?: boolean;
  /** Error of the write, shown above the buttons. */
  error?: unknown;
  onCancel?: () => void;
  columns?: number;
  /** A second way to submit, offered also while nothing is changed. */
  alternative?: { label: string; onSubmit: (values: FormValues) => void };
  /** More buttons beside 保存. */
  children?: ReactNode;
};

export function RecordForm<E extends EntityName>(props: Props<E>) {
  const { entity, groups, initial, onSubmit, alternative, isNew = false, pending = false, columns = 2 } = props;
  const names = groups.flatMap((group) => group.fields);
  // What the clerk saw when the form opened: only what differs from it is written, whatever arrives meanwhile.
  const [start] = useState<FormValues>(() => Object.fromEntries(names.map((name) => [name, initial[name] ?? null])));
  const [values, setValues] = useState(start);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [invalid, setInvalid] = useState<ReadonlySet<string>>(new Set());

  const written = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== (isNew ? null : (start[name] ?? null))),
  );
  const hasChanges = Object.keys(written).length > 0 || invalid.size > 0;
  const isDirty = invalid.size > 0 || names.some((name) => values[name] !== start[name]);
  const guardedClose = useFormGuard(isDirty);

  const submitTo = (receive: (values: FormValues) => void) => {
    const found = checkAll(entity, values);
    setErrors(found);
    if (Object.keys(found).length > 0 || invalid.size > 0) return;
    receive(written);
  };
  const submit = () => {
    if (!pending && hasChanges) submitTo(onSubmit);
  };

  const renderField = (name: FieldName<E>, first: boolean) => {
    const field = fieldOf(entity, name);
    if (!field) return null;
    return (
      <div key={name} className={isWide(field) ? classes.wide : undefined}>
        <FieldControl
          field={field}
          value={values[name] ?? null}
          error={errors[name]}
          disabled={pending}
          autoFocus={first}
          onChange={(value) => {
            setValues((before) => ({ ...before, [name]: value }));
            setErrors(({ [name]: _, ...rest }) => rest);
          }}
          onInvalid={(bad) =>
            setInvalid((before) => new Set(bad ? [...before, name] : [...before].filter((each) => each !== name)))
          }
        />
      </div>
    );
  };

  return (
    <SubmitForm onSubmit={submit}>
      <Stack gap="md">
        {groups.map((group, groupAt) => (
          <FieldGroupFrame key={group.title ?? groupAt} title={group.title}>
            <SimpleGrid cols={columns} spacing="md" verticalSpacing="xs" className={classes.grid}>
              {group.fields.map((name, at) => renderField(name, groupAt === 0 && at === 0))}
            </SimpleGrid>
          </FieldGroupFrame>
        ))}
        <FormActions>
          <Stack gap="xs">
            <FailureAlert error={props.error} />
            {(Object.keys(errors).length > 0 || invalid.size > 0) && (
              <Text size="sm" c="red" role="alert">
                有 {new Set([...Object.keys(errors), ...invalid]).size} 处填写需要修改，请看红字。
              </Text>
            )}
            <Group gap="xs">
              <Button type="submit" loading={pending} disabled={!hasChanges}>
                {props.submitLabel ?? "保存"}
              </Button>
              {alternative && (
                <Button variant="light" loading={pending} onClick={() => submitTo(alternative.onSubmit)}>
                  {alternative.label}
                </Button>
              )}
              {props.onCancel && (
                <Button variant="default" onClick={guardedClose ?? props.onCancel} disabled={pending}>
                  取消
                </Button>
              )}
              <SubmitHint does="保存" />
              {props.children}
            </Group>
          </Stack>
        </FormActions>
      </Stack>
    </SubmitForm>
  );
}

function FieldGroupFrame({ title, children }: { title?: string; children: ReactNode }) {
  return title ? <Fieldset legend={title}>{children}</Fieldset> : children;
}

function isWide(field: Field): boolean {
  return (field.kind === "text" && (field.multiline || field.required)) === true || field.kind === "enumSet";
}

function checkAll(entity: EntityName, values: FormValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const field = fieldOf(entity, name);
    if (!field) continue;
    const problem = field.required && value === null ? "必填" : valueProblem(field, value);
    if (problem) errors[name] = problem;
  }
  return errors;
}
