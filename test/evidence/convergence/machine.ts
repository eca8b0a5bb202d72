/** One PC of an office in a history: its folder, its clock, what it must know, and the lives of its database. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Journal, Write } from "#journal/journal.ts";
import type { Store } from "#store/store.ts";
import type { SyncContext } from "#sync/context.ts";
import { type OfficeKeys, readKeys } from "#sync/keys.ts";
import type { Random } from "../random.ts";
import type { Carried } from "./carried.ts";
import { see } from "./look.ts";
import { Knowledge, type Part } from "./model.ts";
import type { Program } from "./program.ts";
import { actorOf, copyFolder, DATABASE, START, type TreeOffice } from "./tree.ts";

/** The lives of a peer's database that this one has heard of; the last is the present one. */
type Lives = Map<string, string[]>;
type Backup = { path: string; knowledge: Knowledge; fromParent: ReadonlySet<Part>; lives: Lives };

export class Machine {
  store!: Store;
  journal!: Journal;
  context!: SyncContext;
  replica = "";
  knowledge = new Knowledge();
  /** Of what is known, what this database has under the parent's own seal. */
  fromParent = new Set<Part>();
  lives: Lives = new Map();
  /** Bundles that wait in this database for a gap to close. */
  waiting: Carried[] = [];
  backups: Backup[] = [];
  /** Difference of this PC's clock to the true time, in ms. */
  clockError = 0;
  /** The latest time that this PC's clock ever told; the office was set up at the START of every history. */
  latest = START;

  private constructor(
    readonly name: string,
    readonly office: TreeOffice,
    readonly folder: string,
    readonly keys: OfficeKeys,
    public program: Program,
    readonly time: { now: number },
    readonly random: Random,
  ) {}

  static async start(
    name: string,
    office: TreeOffice,
    folder: string,
    program: Program,
    time: { now: number },
    random: Random,
  ): Promise<Machine> {
    const machine = new Machine(name, office, folder, readKeys(folder), program, time, random);
    mkdirSync(machine.stick, { recursive: true });
    await machine.open();
    return machine;
  }

  get stick(): string {
    return join(this.folder, "stick");
  }

  nowMs(): number {
    const now = this.time.now + this.clockError;
    this.latest = Math.max(this.latest, now);
    return now;
  }

  async open(): Promise<void> {
    this.store = await this.program.open(join(this.folder, DATABASE));
    // As the core does: a database without a replica id begins a new life.
    this.replica = this.store.readMeta("replica") ?? this.random.between(36 ** 7, 36 ** 8 - 1).toString(36);
    this.store.writeMeta("replica", this.replica);
    const now = () => this.nowMs();
    const random = () => this.random.next();
    this.journal = new this.program.Journal(this.store, this.replica, now, { random });
    const { id: officeId, name: officeName } = this.office;
    const { store, journal, folder: dataFolder } = this;
    this.context = { store, journal, officeId, officeName, dataFolder, now: () => new Date(now()) };
  }

  close(): void {
    this.store.close();
  }

  async reopen(program = this.program): Promise<void> {
    this.close();
    this.program = program;
    await this.open();
  }

  backup(): void {
    const path = join(this.folder, `backup-${this.backups.length}.db`);
    this.program.backupTo(this.store.sqlite, path);
    const lives = new Map([...this.lives].map(([office, known]) => [office, [...known]]));
    this.backups.push({ path, knowledge: this.knowledge.copy(), fromParent: new Set(this.fromParent), lives });
  }

  /** Puts a backup in place of the database, as the README says. */
  async restore(backup: Backup): Promise<void> {
    this.close();
    const database = join(this.folder, DATABASE);
    for (const suffix of ["", "-wal", "-shm"]) rmSync(database + suffix, { force: true });
    copyFolder(backup.path, database);
    this.knowledge = backup.knowledge.copy();
    this.fromParent = new Set(backup.fromParent);
    this.lives = new Map([...backup.lives].map(([office, known]) => [office, [...known]]));
    this.waiting = [];
    await this.open();
  }

  /** Starts a new life with everything that is here: what a clerk does whose database was found twice. */
  async renew(): Promise<void> {
    this.backup();
    const backup = this.backups.at(-1);
    if (backup) await this.restore(backup);
  }

  /** A second PC with a copy of the folder, made while the program runs. */
  async clone(name: string, folder: string): Promise<Machine> {
    copyFolder(this.folder, folder);
    const copy = await Machine.start(name, this.office, folder, this.program, this.time, this.random);
    copy.knowledge = this.knowledge.copy();
    copy.fromParent = new Set(this.fromParent);
    copy.lives = new Map([...this.lives].map(([office, known]) => [office, [...known]]));
    copy.waiting = [...this.waiting];
    copy.latest = this.latest;
    return copy;
  }

  /** Records one act and notes what it replaced, as far as its writer could see. Returns the parts it made. */
  write(action: string, writes: readonly Write[], place: { project: string | null; office: string | null }): Part[] {
    const seen = writes.map(({ entity, id }) => see(this.program, this.store, entity, id));
    const stamp = stampOf(this.journal.write(actorOf(this.office), action, writes));
    const parts = writes.flatMap((write, index): Part[] => {
      const before = seen[index];
      const values: Record<string, string | number | null> = {};
      const replaced: Record<string, string[]> = {};
      for (const [field, value] of Object.entries(write.values) as [string, string | number | null][]) {
        if (before ? value === before.row[field] && !write.settles : value === null) continue;
        values[field] = value;
        const shown = before?.shown.get(field);
        const heads = before?.heads.get(field) ?? [];
        const known = heads.filter((head) => write.settles || head.value === before?.row[field]);
        const archived = before && field === "archived_on" && value !== null ? [...before.shown.values()] : [];
        replaced[field] = [...new Set([...(shown ? [shown] : []), ...known.map((head) => head.stamp), ...archived])];
      }
      if (Object.keys(values).length === 0) return [];
      const { entity, id } = write;
      const { project, office: projectOffice } = place;
      return [{ stamp: stamp ?? "", entity, id, project, projectOffice, author: this.name, values, replaced }];
    });
    if ((stamp === null) !== (parts.length === 0))
      throw new Error(`${this.name}: wrote ${stamp} for ${parts.length} parts`);
    for (const part of parts) this.knowledge.learn(part);
    return parts;
  }
}

/** The stamp of what Journal.write recorded; null when it recorded nothing. */
function stampOf(recorded: unknown): string | null {
  if (typeof recorded === "object" && recorded !== null && "stamp" in recorded) return String(recorded.stamp);
  return typeof recorded === "string" ? recorded : null;
}
