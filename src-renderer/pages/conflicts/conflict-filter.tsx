import { Group, Select } from "@mantine/core";
import type { ConflictEntry, ConflictFilter } from "#contract/exchange.ts";
import { contestedField, otherOffices } from "#domain/conflict.ts";
import classes from "./conflicts.module.css";

type Props = {
  conflicts: readonly ConflictEntry[];
  value: ConflictFilter;
  onChange: (value: ConflictFilter) => void;
};

/** Which conflicts to look at: of one field, or with one office. */
export function ConflictFilters({ conflicts, value, onChange }: Props) {
  return (
    <Group gap="sm" className={classes.filter}>
      <Select
        aria-label="只看哪一项"
        placeholder="各项都看"
        clearable
        clearButtonProps={{ "aria-label": "各项都看" }}
        w={260}
        data={counted(conflicts.map(contestedField))}
        value={value.field}
        onChange={(field) => onChange({ ...value, field })}
      />
      <Select
        aria-label="只看与哪个单位的"
        placeholder="各单位都看"
        clearable
        clearButtonProps={{ "aria-label": "各单位都看" }}
        w={260}
        data={counted(conflicts.flatMap(otherOffices))}
        value={value.office}
        onChange={(office) => onChange({ ...value, office })}
      />
    </Group>
  );
}

/** Distinct names with how often each occurs, the most frequent first. */
function counted(names: readonly string[]): { value: string; label: string }[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([value, count]) => ({ value, label: `${value}（${count}）` }));
}
