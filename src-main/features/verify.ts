/** Proof that the database is sound by itself: its file, its log, and every table compared with a replay of the log. */
import { atOnce } from "#domain/at-once.ts";
import type { Store } from "#store/store.ts";
import { checkFile, compareTables } from "./doctor/database.ts";
import { checkLog } from "./doctor/log.ts";
import { lookedBeside } from "./doctor/looked.ts";

/** Leaves no trace. Lines are for the clerk. */
export function verifyStore(store: Store): { ok: boolean; lines: string[] } {
  const looks = [checkLog, compareTables].flatMap((look) => atOnce(lookedBeside(store.path, look)));
  const findings = [...checkFile(store), ...looks];
  return { ok: findings.every(({ state }) => state !== "bad"), lines: findings.map(({ text }) => text) };
}
