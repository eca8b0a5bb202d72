/** Proof that the database is sound by itself: its file, its log, and every table compared with a replay of the log. */
import type { Store } from "#store/store.ts";
import { checkFile, checkTables } from "./doctor/database.ts";
import { checkLog } from "./doctor/log.ts";

/** Leaves no trace. Lines are for the clerk. */
export function verifyStore(store: Store): { ok: boolean; lines: string[] } {
  const findings = [...checkFile(store), ...checkLog(store), ...checkTables(store)];
  return { ok: findings.every(({ state }) => state !== "bad"), lines: findings.map(({ text }) => text) };
}
