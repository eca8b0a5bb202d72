import { Group, Select } from "@mantine/core";
import type { ConflictEntry } from "#contract/exchange.ts";
import classes from "./conflicts.module.css";

export type ConflictFilterValue = { field: string | null; office: string | null };

type Props = {
  conflicts: readonly ConflictEntry[];
  value: ConflictFilterValue;
  onChange: (value: ConflictFilterValue) => void;
};

/** Which conflicts to look at: of one field, or with one office. */
export function ConflictFilter({ conflicts, value, onChange }: Props) {
  return (
    <Group gap="sm" className={classes.filter}>
      <Select
        aria-label="只看哪一项"
        placeholder="各项都看"
        clearable
        clearButtonProps={{ "aria-label": "各项都看" }}
        w={260}
        data={counted(conflicts.map(fieldOf))}
        value={value.field}
        onChange={(field) => onChange({ ...value, field })}
      />
      <Select
        aria-label="只看与哪个单位的"
        placeholder="各单位都看"
        clearable
        clearButtonProps={{ "aria-label": "各单位都看" }}
        w={260}
        data={counted(conflicts.flatMap(othersOf))}
        value={value.office}
        onChange={(office) => onChange({ ...value, office })}
      />
    </Group>
  );
}

export function isShown(conflict: ConflictEntry, { field, office }: ConflictFilterValue): boolean {
  return (field === null || fieldOf(conflict) === field) && (office === null || othersOf(conflict).includes(office));
}

function fieldOf({ entityLabel, fieldLabel }: ConflictEntry): string {
  return `${entityLabel}·${fieldLabel}`;
}

/** The other offices of a conflict, each once. */
function othersOf({ sides }: ConflictEntry): string[] {
  return [...new Set(sides.filter(({ isOurs }) => !isOurs).map(({ office }) => office))];
}

/** Distinct names with how often each occurs, the most frequent first. */
function counted(names: readonly string[]): { value: string; label: string }[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([value, count]) => ({ value, label: `${value}（${count}）` }));
}
