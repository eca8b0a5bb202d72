/** Previews waiting for their commit: a few, for a while, in memory only. */
import { randomUUID } from "node:crypto";
import { Failure } from "#domain/failure.ts";
import type { RecognisedTable } from "./columns.ts";

const MAX_PREVIEWS = 4;
const LIFETIME_MS = 60 * 60 * 1000;

export class Previews {
  private readonly kept = new Map<string, { table: RecognisedTable; until: number }>();

  /** Keeps a table and returns its preview id; the oldest gives way. */
  add(table: RecognisedTable, now: Date): string {
    const id = randomUUID();
    this.kept.set(id, { table, until: now.getTime() + LIFETIME_MS });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MAX_PREVIEWS) break;
      this.kept.delete(oldest);
    }
    return id;
  }

  /** Throws Failure spreadsheet_expired. */
  get(id: string, now: Date): RecognisedTable {
    const preview = this.kept.get(id);
    if (!preview || preview.until < now.getTime()) throw new Failure("spreadsheet_expired");
    return preview.table;
  }

  /** Forgets a preview: it was committed. */
  drop(id: string): void {
    this.kept.delete(id);
  }
}
