/** What conflicts are told apart by: what they are about, and with which offices they are. */

type Told = { entityLabel: string; fieldLabel: string; sides: readonly { office: string; isOurs: boolean }[] };

/** "项目·总投资". */
export function contestedField({ entityLabel, fieldLabel }: Told): string {
  return `${entityLabel}·${fieldLabel}`;
}

/** The other offices of a conflict, each once. */
export function otherOffices({ sides }: Told): string[] {
  return [...new Set(sides.filter(({ isOurs }) => !isOurs).map(({ office }) => office))];
}

/** Whether it is of this field and with this office; null for any. */
export function isAmong(conflict: Told, { field, office }: { field: string | null; office: string | null }): boolean {
  return (
    (field === null || contestedField(conflict) === field) &&
    (office === null || otherOffices(conflict).includes(office))
  );
}
