/** 体检: each part of the check-up, and the repair of tables from the log. */
import { Failure } from "#domain/failure.ts";
import { type Finding, type HealthPart, healthParts } from "#domain/health.ts";
import { keysOf } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { rebuildTables } from "#journal/rebuild.ts";
import { backupBeforeRebuild } from "#store/backup.ts";
import { checkFile, checkTables } from "./database.ts";
import { checkExchange } from "./exchange.ts";
import { checkLog } from "./log.ts";
import { checkContents, checkKeys, checkSpace } from "./surroundings.ts";

const checks: Record<HealthPart, (office: Office) => Finding[] | Promise<Finding[]>> = {
  file: ({ store }) => checkFile(store),
  log: ({ store }) => checkLog(store),
  tables: ({ store }) => checkTables(store),
  exchange: checkExchange,
  attachments: checkContents,
  keys: checkKeys,
  space: checkSpace,
};

/** Looks at one part; changes nothing but setting damaged attachments aside. */
export function checkPart(office: Office, part: HealthPart): Finding[] | Promise<Finding[]> {
  return checks[part](office);
}

/** Looks at every part. */
export async function checkAll(office: Office): Promise<{ ok: boolean; findings: Finding[] }> {
  const findings: Finding[] = [];
  for (const part of keysOf(healthParts)) findings.push(...(await checkPart(office, part)));
  return { ok: isWell(findings), findings };
}

/**
 * Makes the tables anew from the log, after a checked backup; the log itself is never touched. Returns where the backup
 * lies and how the tables compare afterwards.
 * Throws Failure log_damaged, disk_full, folder_unusable; then nothing has changed.
 */
export function rebuildFromLog(office: Office): { backup: string; findings: Finding[] } {
  const { store } = office;
  if (!isWell([...checkFile(store), ...checkLog(store)])) throw new Failure("log_damaged");
  const backup = backupBeforeRebuild(store.sqlite, store.path);
  rebuildTables(store);
  return { backup, findings: checkTables(store) };
}

function isWell(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== "bad");
}
