import { Input, SegmentedControl } from "@mantine/core";
import type { FocusEvent, KeyboardEvent } from "react";
import { keysOf, visitForms } from "#domain/values.ts";

type Props = { value: string | null; onChange: (value: string) => void; autoFocus: boolean };

const forms = keysOf(visitForms);

/** The form of a visit: number keys 1 to 6, arrows or the mouse. */
export function VisitFormPicker({ value, onChange, autoFocus }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    const form = forms[Number(event.key) - 1];
    if (!form) return;
    event.preventDefault();
    onChange(form);
  };
  return (
    <Input.Wrapper label="形式（按数字键 1–6 选）" required labelElement="div">
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="形式"
        data-autofocus={autoFocus || undefined}
        // The frame takes the drawer's first focus and hands it to the chosen form.
        tabIndex={-1}
        onFocus={({ target, currentTarget }: FocusEvent<HTMLElement>) => {
          if (target === currentTarget) currentTarget.querySelector<HTMLElement>("input:checked")?.focus();
        }}
        onKeyDown={onKeyDown}
        data={forms.map((form, at) => ({ value: form, label: `${at + 1} ${visitForms[form]}` }))}
        value={value ?? "visit"}
        onChange={onChange}
      />
    </Input.Wrapper>
  );
}
