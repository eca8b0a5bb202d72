/** The table of fields with more than one head, or with replaced writes that have not arrived yet. Derived. */
import type { Store } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";
import type { Head, Standing } from "./heads.ts";

type Kind = "edit" | "delete";

export const fieldHeads = {
  /** The standing of a field that has an entry. */
  read(store: Store, entity: string, id: string, field: string): Standing | undefined {
    const row = store
      .prepare("select heads, awaited from field_heads where entity = ? and row_id = ? and field = ? and kind = 'edit'")
      .get(entity, id, field) as { heads: string; awaited: string } | undefined;
    return row && { heads: JSON.parse(row.heads) as Head[], awaited: JSON.parse(row.awaited) as string[] };
  },

  /** Keeps a standing that is a question; drops the entry of one that is none. */
  write(store: Store, entity: string, id: string, field: string, standing: Standing, agreed: boolean): void {
    const isQuestion = standing.heads.length > 1 || standing.awaited.length > 0;
    put(store, { entity, id, field, kind: "edit" }, isQuestion ? standing : null, agreed);
  },

  /** Keeps the conflict between archiving and edits; drops it when there are no heads. */
  writeArchiving(store: Store, entity: string, id: string, heads: readonly Head[]): void {
    const standing = heads.length === 0 ? null : { heads, awaited: [] };
    put(store, { entity, id, field: "archived_on", kind: "delete" }, standing, false);
  },

  exist(store: Store, entity: string, id: string): boolean {
    return (
      store.prepare("select 1 from field_heads where entity = ? and row_id = ? limit 1").get(entity, id) !== undefined
    );
  },

  /** A change that others had replaced before it arrived is awaited no longer, in whatever field they named it. */
  arrived(store: Store, entity: string, id: string, stamp: string): void {
    const awaiting = store
      .prepare("select * from field_heads where entity = ? and row_id = ? and kind = 'edit' and awaited like ?")
      .all(entity, id, `%${stamp}%`) as Tables["field_heads"][];
    for (const { field, heads, awaited, agreed } of awaiting) {
      const standing = {
        heads: JSON.parse(heads) as Head[],
        awaited: (JSON.parse(awaited) as string[]).filter((other) => other !== stamp),
      };
      this.write(store, entity, id, field, standing, agreed === 1);
    }
  },
};

type Key = { entity: string; id: string; field: string; kind: Kind };

function put(store: Store, { entity, id, field, kind }: Key, standing: Standing | null, agreed: boolean): void {
  store
    .prepare("delete from field_heads where entity = ? and row_id = ? and field = ? and kind = ?")
    .run(entity, id, field, kind);
  if (!standing) return;
  const { heads, awaited } = standing;
  store
    .prepare(
      "insert into field_heads (entity, row_id, field, kind, agreed, heads, awaited) values (?, ?, ?, ?, ?, ?, ?)",
    )
    .run(entity, id, field, kind, agreed ? 1 : 0, JSON.stringify(heads), JSON.stringify(awaited));
}
