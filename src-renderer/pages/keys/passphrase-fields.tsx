import { PasswordInput, Stack, Text } from "@mantine/core";
import { cleanPassphrase, passphraseProblem, passphraseRule } from "#domain/passphrase.ts";

export type TypedPassphrase = { first: string; second: string };

/** A new passphrase, typed twice, with its rules and what is still wrong with it. */
export function NewPassphrase({
  value,
  onChange,
}: {
  value: TypedPassphrase;
  onChange: (value: TypedPassphrase) => void;
}) {
  return (
    <Stack gap="xs">
      <PasswordInput
        label="口令"
        description={passphraseRule}
        autoComplete="new-password"
        data-autofocus
        value={value.first}
        onChange={(event) => onChange({ ...value, first: event.currentTarget.value })}
        error={value.first !== "" && passphraseProblem(value.first)}
        visibilityToggleButtonProps={{ "aria-label": "显示或隐藏口令" }}
      />
      <PasswordInput
        label="再输一次"
        autoComplete="new-password"
        value={value.second}
        onChange={(event) => onChange({ ...value, second: event.currentTarget.value })}
        error={value.second !== "" && !isSame(value) && "两次输入的口令不一样"}
        visibilityToggleButtonProps={{ "aria-label": "显示或隐藏口令" }}
      />
      <Text size="sm" c="var(--text-quiet)">
        口令不会保存在电脑里，忘记了谁也找不回来。请另外写下，与备份分开锁好。
      </Text>
    </Stack>
  );
}

/** The passphrase once it is good and typed the same twice; null before. */
export function readyPassphrase(value: TypedPassphrase): string | null {
  return passphraseProblem(value.first) === null && isSame(value) ? value.first : null;
}

const isSame = ({ first, second }: TypedPassphrase) => cleanPassphrase(first) === cleanPassphrase(second);
