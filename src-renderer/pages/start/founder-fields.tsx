import { Group, TextInput } from "@mantine/core";

export type Founder = { personName: string; duty: string };

/** Name and duty of the first person of an office. */
export function FounderFields({ value, onChange }: { value: Founder; onChange: (value: Founder) => void }) {
  return (
    <Group grow align="flex-start">
      <TextInput
        label="您的姓名"
        required
        maxLength={40}
        data-autofocus
        value={value.personName}
        onChange={(event) => onChange({ ...value, personName: event.currentTarget.value })}
      />
      <TextInput
        label="职务"
        maxLength={60}
        value={value.duty}
        onChange={(event) => onChange({ ...value, duty: event.currentTarget.value })}
      />
    </Group>
  );
}
