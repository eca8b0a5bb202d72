/** The order of the project list: names by pinyin, enumerations in the order of their words, blanks last. */
import { type RawBuilder, sql } from "kysely";
import { fieldOf } from "#domain/registry.ts";
import type { FiguresRow } from "#features/figures/source.ts";

export type ProjectSort = { column: string; descending: boolean };

/**
 * What the list is ordered by; rows whose key is null have no value and come last either way. `isNameKey`: it stands in
 * project_search, which is then joined.
 */
export type SortKey = { key: RawBuilder<unknown>; hasBlanks: boolean; isNameKey?: true };

const byFigures = ["light", "last_visit_on", "annual_plan", "node_progress", "secretaries"];

/** Whether the order of a column asks `figures`, which are then joined: their making must be waited for. */
export function sortsByFigures(column: string | undefined): boolean {
  return column !== undefined && byFigures.includes(column);
}

/** The key of a column of the list; the order of entry when the column is unknown or none is asked for. */
export function sortKey(column: string | undefined): SortKey {
  switch (column) {
    case "name":
      return { key: sql`project_search.name_key`, hasBlanks: false, isNameKey: true };
    case "owner":
      return { key: sql`nullif(project_search.owner_key, '')`, hasBlanks: true, isNameKey: true };
    case "office_name":
      return {
        key: sql`pinyin_key((select name from office where office.id = project.office_id))`,
        hasBlanks: false,
      };
    case "light":
      return { key: rank(figure("light"), ["red", "yellow", "green", "none"]), hasBlanks: false };
    case "last_visit_on":
      return { key: figure("last_visit_on"), hasBlanks: true };
    case "annual_plan":
      return { key: figure("annual_plan"), hasBlanks: true };
    case "node_progress":
      return { key: figure("nodes_total"), hasBlanks: false };
    case "secretaries":
      return { key: figure("secretary_key"), hasBlanks: true };
  }
  const field = column === undefined ? undefined : fieldOf("project", column);
  if (!field) return { key: sql`project.id`, hasBlanks: false };
  const stored = sql.ref(`project.${column}`);
  if (field.kind === "enum") return { key: rank(stored, Object.keys(field.labels)), hasBlanks: true };
  return { key: field.kind === "text" ? sql`pinyin_key(nullif(${stored}, ''))` : stored, hasBlanks: true };
}

const figure = (name: keyof FiguresRow) => sql.ref(`figures.${name}`);

/** The place of a value among words; null for a blank. */
function rank(value: RawBuilder<unknown>, order: readonly string[]): RawBuilder<number | null> {
  const cases = order.map((entry, index) => sql`when ${sql.lit(entry)} then ${sql.lit(index)}`);
  return sql`case ${value} ${sql.join(cases, sql` `)} end`;
}
