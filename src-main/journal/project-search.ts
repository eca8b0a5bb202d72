/** The derived search and sort keys of projects, kept beside their rows. */
import type { StoredValue } from "#domain/fields.ts";
import { nameKeys } from "#domain/pinyin.ts";
import type { Store } from "#store/store.ts";

export const indexedFields = ["name", "owner", "address", "project_code"];

/** Brings the keys of a project up to date; `row` where the caller has it. */
export function indexProject(store: Store, id: string, row = indexedRow(store, id)): void {
  const name = nameKeys(String(row.name ?? ""));
  const owner = nameKeys(String(row.owner ?? ""));
  const asWritten = [row.address, row.project_code].map((text) => String(text ?? "").toLowerCase());
  store
    .prepare("insert or replace into project_search (project_id, search, name_key, owner_key) values (?, ?, ?, ?)")
    .run(id, [name.search, owner.search, ...asWritten].join("\u0002"), name.sort, owner.sort);
}

function indexedRow(store: Store, id: string): Readonly<Record<string, StoredValue>> {
  return store.prepare(`select ${indexedFields.join(", ")} from project where id = ?`).get(id) as Record<
    string,
    StoredValue
  >;
}
