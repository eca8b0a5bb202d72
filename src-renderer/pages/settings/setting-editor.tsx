import {
  Button,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Textarea,
} from "@mantine/core";
import { useState } from "react";
import type { SettingEntry } from "#contract/office.ts";
import { mayBeUnset, type SettingKey, settingDefinitions, settingLabels } from "#domain/settings.ts";
import { auditStates, keysOf, stages } from "#domain/values.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { labelOptions } from "#renderer/components/label-options.ts";
import { MoneyInput } from "#renderer/components/money-input.tsx";
import { SubmitForm, SubmitHint } from "#renderer/components/submit-form.tsx";
import { useInvalid } from "#renderer/components/use-invalid.ts";
import { ProfileRule } from "./profile-rule.tsx";

type Props = { entry: SettingEntry | null; onClose: () => void };

/** City only: a setting's value together with the document it rests on. */
export function SettingEditor({ entry, onClose }: Props) {
  return (
    <Modal opened={entry !== null} onClose={onClose} title="修改设定" size="lg">
      {entry && <SettingForm key={entry.key} entry={entry} onClose={onClose} />}
    </Modal>
  );
}

function SettingForm({ entry, onClose }: { entry: SettingEntry; onClose: () => void }) {
  const definition = settingDefinitions[entry.key as SettingKey];
  const [value, setValue] = useState(entry.value);
  const [source, setSource] = useState(entry.source);
  const invalid = useInvalid();
  const save = useWrite(client.settings.save, {
    done: "设定已保存，将随同步包下发。",
    onDone: onClose,
    inlineError: true,
  });
  const parsed = definition.schema.safeParse(value);
  const error = parsed.success ? undefined : parsed.error.issues[0]?.message;
  const isBlocked = error !== undefined || invalid.any;
  return (
    <SubmitForm onSubmit={() => !isBlocked && save.mutate({ key: entry.key, value, source })}>
      <Stack>
        <SettingControl
          entry={entry}
          value={value}
          error={error}
          onChange={setValue}
          onInvalid={invalid.mark("value")}
        />
        <Textarea
          label="依据"
          description="文件名称和文号，或会议决定；各单位都会看到。"
          autosize
          minRows={2}
          maxLength={400}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        <FailureAlert error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={isBlocked}>
            保存
          </Button>
          <Button
            variant="default"
            disabled={entry.isInitial}
            onClick={() => save.mutate({ key: entry.key, value: definition.initial, source: definition.source })}
          >
            恢复初始值
          </Button>
          <Button variant="default" onClick={onClose}>
            取消
          </Button>
          <SubmitHint does="保存" />
        </Group>
      </Stack>
    </SubmitForm>
  );
}

type ControlProps = {
  entry: SettingEntry;
  value: unknown;
  error?: string;
  onChange: (value: unknown) => void;
  onInvalid: (invalid: boolean) => void;
};

/** The control follows from the shape of the value: words to choose from, list of stages, audit state, amount or number. */
function SettingControl({ entry, value, error, onChange, onInvalid }: ControlProps) {
  if (Array.isArray(value)) {
    return (
      <MultiSelect
        label={entry.label}
        error={error}
        data-autofocus
        data={keysOf(stages).map((stage) => ({ value: stage, label: stages[stage] }))}
        value={value.map(String)}
        onChange={(chosen) => onChange(keysOf(stages).filter((stage) => chosen.includes(stage)))}
      />
    );
  }
  const labels = settingLabels(entry.key);
  if (labels) {
    return (
      <>
        <Select
          label={entry.label}
          error={error}
          data-autofocus
          allowDeselect={false}
          data={labelOptions(labels)}
          value={String(value)}
          onChange={onChange}
        />
        <ProfileRule settingKey={entry.key} profile={String(value)} />
      </>
    );
  }
  if (typeof entry.value === "string") {
    return (
      <div>
        <SegmentedControl
          aria-label={entry.label}
          data={(["submitted", "approved"] as const).map((state) => ({ value: state, label: auditStates[state] }))}
          value={String(value)}
          onChange={onChange}
        />
      </div>
    );
  }
  if (entry.unit === "万元") {
    return (
      <MoneyInput
        label={entry.label}
        required
        error={error}
        value={typeof value === "number" ? value : null}
        onChange={onChange}
        onInvalid={onInvalid}
      />
    );
  }
  const isOptional = mayBeUnset(entry.key as SettingKey);
  return (
    <NumberInput
      label={entry.label}
      description={isOptional ? "留空为未设定：程序不按这个数字提醒、亮灯。" : undefined}
      required={!isOptional}
      data-autofocus
      suffix={` ${entry.unit}`}
      allowDecimal={false}
      allowNegative={false}
      // A long name stands in one line above the short box.
      styles={{ wrapper: { width: 260 } }}
      error={error}
      value={typeof value === "number" ? value : ""}
      onChange={(given) => onChange(given === "" ? null : Number(given))}
    />
  );
}
