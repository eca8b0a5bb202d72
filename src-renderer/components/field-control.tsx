/** One form control per kind of registry field. */
import { MultiSelect, NumberInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { MonthPickerInput } from "@mantine/dates";
import type { Field, StoredValue } from "#domain/fields.ts";
import { DayInput } from "./day-input.tsx";
import { MoneyInput } from "./money-input.tsx";
import { OfficeInput, PersonInput, ProjectInput } from "./reference-input.tsx";

export type FieldControlProps = {
  field: Field;
  value: StoredValue;
  onChange: (value: StoredValue) => void;
  onInvalid: (invalid: boolean) => void;
  error?: string;
  disabled?: boolean;
  autoFocus?: boolean;
};

export function FieldControl({ field, value, onChange, onInvalid, error, disabled, autoFocus }: FieldControlProps) {
  const common = {
    label: field.label,
    required: field.required,
    error,
    disabled,
    "data-autofocus": autoFocus || undefined,
  };
  const text = value === null ? "" : String(value);
  const orNull = (given: string | null) => onChange(given === "" ? null : given);
  switch (field.kind) {
    case "text":
    case "json":
      if (field.kind === "text" && !field.multiline) {
        return (
          <TextInput
            {...common}
            maxLength={field.max}
            value={text}
            onChange={(event) => orNull(event.currentTarget.value)}
          />
        );
      }
      return (
        <Textarea
          {...common}
          maxLength={field.max}
          autosize
          minRows={2}
          maxRows={8}
          value={text}
          onChange={(event) => orNull(event.currentTarget.value)}
        />
      );
    case "money":
      return (
        <MoneyInput
          {...common}
          value={value === null ? null : Number(value)}
          onChange={onChange}
          onInvalid={onInvalid}
        />
      );
    case "integer":
      return (
        <NumberInput
          {...common}
          allowDecimal={false}
          min={field.min}
          max={field.max}
          value={value ?? ""}
          onChange={(given) => onChange(given === "" ? null : Number(given))}
        />
      );
    case "date":
      return <DayInput {...common} value={value === null ? null : text} onChange={orNull} onInvalid={onInvalid} />;
    case "month":
      return (
        <MonthPickerInput
          {...common}
          valueFormat="YYYY-MM"
          placeholder="选择月份"
          clearable={!field.required}
          clearButtonProps={{ "aria-label": "清除月份" }}
          value={value === null ? null : `${text}-01`}
          onChange={(given) => onChange(given === null ? null : given.slice(0, 7))}
        />
      );
    case "boolean":
      return (
        <Switch
          label={field.label}
          disabled={disabled}
          error={error}
          mt={26}
          checked={value === 1}
          onChange={(event) => onChange(event.currentTarget.checked ? 1 : 0)}
        />
      );
    case "enum":
      return (
        <Select
          {...common}
          data={Object.entries(field.labels).map(([key, label]) => ({ value: key, label }))}
          clearable={!field.required}
          clearButtonProps={{ "aria-label": "清除选择" }}
          placeholder="请选择"
          value={value === null ? null : text}
          onChange={onChange}
        />
      );
    case "enumSet":
      return (
        <MultiSelect
          {...common}
          data={Object.entries(field.labels).map(([key, label]) => ({ value: key, label }))}
          value={text === "" ? [] : text.split(",")}
          onChange={(keys) =>
            orNull(
              Object.keys(field.labels)
                .filter((key) => keys.includes(key))
                .join(","),
            )
          }
        />
      );
    case "reference": {
      const props = { ...common, value: value === null ? null : text, onChange };
      if (field.entity === "office") return <OfficeInput {...props} clearable={!field.required} />;
      if (field.entity === "person") return <PersonInput {...props} clearable={!field.required} />;
      return <ProjectInput {...props} clearable={!field.required} />;
    }
  }
}
