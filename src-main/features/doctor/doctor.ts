/** 体检: each part of the check-up, and the repair of tables from the log. */
import type { CheckProgress } from "#contract/office.ts";
import { Failure } from "#domain/failure.ts";
import { type Finding, type HealthPart, healthParts } from "#domain/health.ts";
import { ToldProgress } from "#domain/told-progress.ts";
import { keysOf } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { inTurns } from "#features/portions.ts";
import { rebuildTables } from "#journal/rebuild.ts";
import { backupBeforeRebuild } from "#store/backup.ts";
import { checkFile, compareTables } from "./database.ts";
import { checkExchange } from "./exchange.ts";
import { checkLog } from "./log.ts";
import { type Looked, lookedBeside } from "./looked.ts";
import { checkContents, checkKeys, checkSpace } from "./surroundings.ts";

/** A window need not be told more often. */
const TOLD_EVERY_MS = 100;

type Check = (office: Office) => Finding[] | Promise<Finding[]> | Generator<Looked, Finding[]>;

const checks: Record<HealthPart, Check> = {
  file: ({ store }) => checkFile(store),
  log: ({ store }) => lookedBeside(store.path, checkLog),
  tables: ({ store }) => lookedBeside(store.path, compareTables),
  exchange: checkExchange,
  attachments: checkContents,
  keys: checkKeys,
  space: checkSpace,
};

/** The check-up of an open office: what takes long is done in portions, tells how far it is, and can be given up. */
class CheckUp {
  readonly progress = new ToldProgress<CheckProgress>();
  private isCancelled = false;

  constructor(private readonly office: Office) {}

  /**
   * Looks at one part; changes nothing but setting damaged attachments aside. Throws Failure check_cancelled.
   */
  async look(part: HealthPart): Promise<Finding[]> {
    this.isCancelled = false;
    this.progress.tell({ part, done: 0, total: 0 });
    try {
      const found = checks[part](this.office);
      const findings = "next" in found ? await this.inPortions(part, found) : await found;
      this.requireWanted();
      return findings;
    } finally {
      this.progress.tell(null);
    }
  }

  /** Gives up the look that is under way. False when there is none. */
  cancel(): boolean {
    this.isCancelled = this.progress.current !== null;
    return this.isCancelled;
  }

  private inPortions(part: HealthPart, looking: Generator<Looked, Finding[]>): Promise<Finding[]> {
    let told = 0;
    return inTurns(looking, (looked) => {
      this.requireWanted();
      if (performance.now() - told < TOLD_EVERY_MS) return;
      told = performance.now();
      this.progress.tell({ part, ...looked });
    });
  }

  private requireWanted(): void {
    if (this.isCancelled) throw new Failure("check_cancelled");
  }
}

const checkUps = new WeakMap<Office, CheckUp>();

/** The check-up of an open office. */
export function checkUpOf(office: Office): CheckUp {
  const known = checkUps.get(office) ?? new CheckUp(office);
  checkUps.set(office, known);
  return known;
}

/** Looks at every part. */
export async function checkAll(office: Office): Promise<{ ok: boolean; findings: Finding[] }> {
  const findings: Finding[] = [];
  for (const part of keysOf(healthParts)) findings.push(...(await checkUpOf(office).look(part)));
  return { ok: isWell(findings), findings };
}

/**
 * Makes the tables anew from the log, after a checked backup; the log itself is never touched. Returns where the backup
 * lies and how the tables compare afterwards.
 * Throws Failure log_damaged, check_cancelled, disk_full, folder_unusable; then nothing has changed, but for a disk that
 * is too full for the comparison afterwards.
 */
export async function rebuildFromLog(office: Office): Promise<{ backup: string; findings: Finding[] }> {
  const { store } = office;
  const look = (part: HealthPart) => checkUpOf(office).look(part);
  if (!isWell([...(await look("file")), ...(await look("log"))])) throw new Failure("log_damaged");
  const backup = backupBeforeRebuild(store.sqlite, store.path);
  rebuildTables(store);
  // What is changed already is looked at to the end.
  return { backup, findings: await inTurns(lookedBeside(store.path, compareTables)) };
}

function isWell(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== "bad");
}
