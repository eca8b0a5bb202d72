import { NativeSelect, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { groupedMoney, moneyText, parseMoney } from "#domain/money.ts";

type Unit = "万元" | "亿元";
type Props = {
  label: string;
  /** Hundredths of 万元, or null; the text "错误" state is reported by onInvalid. */
  value: number | null;
  onChange: (value: number | null) => void;
  /** Called with true while the typed text is no amount. */
  onInvalid: (invalid: boolean) => void;
  error?: ReactNode;
  required?: boolean;
  /** In a dialog: where the keyboard starts. */
  "data-autofocus"?: boolean | undefined;
};

/** An amount typed in 万元 or 亿元 ("1.5亿" switches by itself); the other unit stands below. */
export function MoneyInput({ label, value, onChange, onInvalid, error, required, ...focus }: Props) {
  const [unit, setUnit] = useState<Unit>("万元");
  const [text, setText] = useState(value === null ? "" : moneyText(value, "万元"));
  const [isBad, setBad] = useState(false);

  const read = (input: string, nextUnit: Unit) => {
    const [, digits = input, suffix] = /^(.*?)(亿元?|万元?)?$/.exec(input.trim()) ?? [];
    const typedUnit = suffix ? (suffix.startsWith("亿") ? "亿元" : "万元") : nextUnit;
    const parsed = digits === "" ? null : parseMoney(digits, typedUnit);
    const bad = digits !== "" && parsed === null;
    setText(input);
    setUnit(typedUnit);
    setBad(bad);
    onInvalid(bad);
    if (!bad) onChange(parsed);
  };

  const other = unit === "万元" ? "亿元" : "万元";
  const hint = value === null || isBad ? " " : `= ${groupedMoney(value, other)} ${other}`;
  return (
    <TextInput
      {...focus}
      label={label}
      required={required}
      inputMode="decimal"
      value={text}
      onChange={(event) => read(event.currentTarget.value, unit)}
      onBlur={() => !isBad && value !== null && setText(moneyText(value, unit))}
      error={isBad ? "应为金额，最多到百元，如 1200 或 1.5亿" : error}
      description={hint}
      inputWrapperOrder={["label", "input", "error", "description"]}
      rightSectionWidth={74}
      rightSection={
        <NativeSelect
          aria-label={`${label}单位`}
          variant="unstyled"
          w={74}
          rightSectionWidth={26}
          // Without the margin that the hint below gives to inputs.
          styles={{ input: { paddingInline: "8px 26px" }, wrapper: { margin: 0 } }}
          data={["万元", "亿元"]}
          value={unit}
          onChange={(event) => {
            const next: Unit = event.currentTarget.value === "亿元" ? "亿元" : "万元";
            setUnit(next);
            // The amount stays; its text follows the unit. A text that is no amount is read again.
            if (isBad || value === null) read(text, next);
            else setText(moneyText(value, next));
          }}
        />
      }
    />
  );
}
