/** The table of fields with more than one head, or with replaced writes that have not arrived yet. Derived. */
import type { Store } from "#store/store.ts";
import { disagree, type Head, type Standing } from "./heads.ts";

/** `edit`: writes that did not know of each other; `delete`: an archiving that did not know of edits. */
type Kind = "edit" | "delete";
type Entry = Standing & { kind: Kind; field: string };

/** The questions of one record: read together when first asked for, written by `save`. */
export class RecordHeads {
  private entries: Map<string, Entry> | undefined;
  private readonly written = new Set<string>();

  /** `isContested`: false where it is known that there are none. */
  constructor(
    private readonly store: Store,
    private readonly entity: string,
    private readonly id: string,
    isContested = true,
  ) {
    if (!isContested) this.entries = new Map();
  }

  /** Whether any field of the record is a question. */
  get exist(): boolean {
    return this.all().size > 0;
  }

  /** The standing of a field that is a question. */
  read(field: string): Standing | undefined {
    return this.all().get(keyOf("edit", field));
  }

  /** Keeps a standing that is a question; drops one that is none. */
  write(field: string, { heads, awaited }: Standing): void {
    this.put({ kind: "edit", field, heads, awaited }, heads.length > 1 || awaited.length > 0);
  }

  /** Keeps the conflict between archiving and edits; drops it when there are no heads. */
  writeArchiving(heads: readonly Head[]): void {
    this.put({ kind: "delete", field: "archived_on", heads, awaited: [] }, heads.length > 0);
  }

  /** A change that others had replaced before it arrived is awaited no longer, in whatever field they named it. */
  arrived(stamp: string): void {
    for (const { kind, field, heads, awaited } of [...this.all().values()]) {
      if (kind === "edit" && awaited.includes(stamp)) {
        this.write(field, { heads, awaited: awaited.filter((other) => other !== stamp) });
      }
    }
  }

  save(): void {
    const { store, entity, id } = this;
    for (const key of this.written) {
      const [kind, field] = key.split(" ");
      store
        .prepare("delete from field_heads where entity = ? and row_id = ? and field = ? and kind = ?")
        .run(entity, id, field, kind);
      const entry = this.all().get(key);
      if (!entry) continue;
      const { heads, awaited } = entry;
      const isAgreed = kind === "edit" && !disagree(heads);
      store
        .prepare(
          "insert into field_heads (entity, row_id, field, kind, agreed, heads, awaited) values (?, ?, ?, ?, ?, ?, ?)",
        )
        .run(entity, id, field, kind, isAgreed ? 1 : 0, JSON.stringify(heads), JSON.stringify(awaited));
    }
    this.written.clear();
  }

  private put(entry: Entry, isQuestion: boolean): void {
    const key = keyOf(entry.kind, entry.field);
    if (isQuestion) this.all().set(key, entry);
    else if (!this.all().delete(key)) return;
    this.written.add(key);
  }

  private all(): Map<string, Entry> {
    this.entries ??= new Map(this.stored().map((entry) => [keyOf(entry.kind, entry.field), entry]));
    return this.entries;
  }

  private stored(): Entry[] {
    const rows = this.store
      .prepare("select field, kind, heads, awaited from field_heads where entity = ? and row_id = ?")
      .all(this.entity, this.id) as { field: string; kind: Kind; heads: string; awaited: string }[];
    return rows.map(({ field, kind, heads, awaited }) => ({
      field,
      kind,
      heads: JSON.parse(heads) as Head[],
      awaited: JSON.parse(awaited) as string[],
    }));
  }
}

function keyOf(kind: Kind, field: string): string {
  return `${kind} ${field}`;
}
