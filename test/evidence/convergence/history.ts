/** One history: offices at work for a while, with everything that goes wrong between them, until they are at rest. */
import { join } from "node:path";
import { Random } from "../random.ts";
import { without } from "../settings.ts";
import { Clerk } from "./acts.ts";
import { rowsOf } from "./look.ts";
import { Machine } from "./machine.ts";
import type { Part } from "./model.ts";
import { Post } from "./post.ts";
import type { Program } from "./program.ts";
import { copyFolder, START, subtreeOf, type TreeOffice, tree } from "./tree.ts";
import { unprovenParts } from "./unproven.ts";
import type { Plant, World } from "./world.ts";

const STEPS = 200;
const YEAR_2099 = Date.parse("2099-01-01T00:00:00Z") - START;
const HOUR = 3_600_000;

export type Programs = { today: Program; newer: Program };
export class History implements World {
  readonly random: Random;
  readonly time = { now: START };
  readonly offices: TreeOffice[];
  /** The PCs of each office: one, or two while a copy of the first is in use. */
  readonly machines = new Map<string, Machine[]>();
  readonly post: Post;
  readonly parts: Part[] = [];
  /** Offices that each project was ever given to, the offices above them included. */
  readonly places = new Map<string, Set<string>>();
  /** Every stamp, and the latest time its PC had told by then. */
  readonly stamped: { stamp: string; author: string; latest: number }[] = [];
  readonly story: string[] = [];
  private readonly clerk: Clerk;
  private copies = 0;

  constructor(
    readonly seed: number,
    private readonly programs: Programs,
    private readonly template: string,
    private readonly folder: string,
    readonly plant: Plant = {},
  ) {
    this.random = new Random(seed);
    this.offices = this.chooseOffices();
    this.clerk = new Clerk(this.random, new Set(this.offices.map(({ id }) => id)));
    this.post = new Post(this);
  }

  async open(): Promise<void> {
    const isMixed = this.random.chance(0.35) && !without.has("upgrade");
    for (const office of this.offices) {
      const folder = join(this.folder, office.id);
      copyFolder(join(this.template, office.id), folder);
      const program = isMixed && this.random.chance(0.5) ? this.programs.newer : this.programs.today;
      const machine = await Machine.start(office.id, office, folder, program, this.time, this.random);
      this.machines.set(office.id, [machine]);
    }
  }

  close(): void {
    for (const machine of this.all()) machine.close();
  }

  all(): Machine[] {
    return [...this.machines.values()].flat();
  }

  /** The offices that exchange directly with this one. */
  neighbours({ id, parent }: TreeOffice): string[] {
    return this.offices.filter((office) => office.id === parent || office.parent === id).map((office) => office.id);
  }

  async run(): Promise<void> {
    for (let step = 0; step < STEPS; step++) {
      this.time.now += this.random.between(1000, 90_000);
      await this.step();
    }
  }

  private async step(): Promise<void> {
    const machine = this.random.pick(this.all());
    const weights = {
      act: 140,
      send: 26,
      deliver: 28,
      backup: 5,
      restore: 3,
      clone: 0.3,
      clock: 2,
      restart: 1.5,
      upgrade: 0.7,
    };
    const kind = this.random.weighted(weights);
    if (without.has(kind)) return;
    if (kind === "act") return this.act(machine);
    if (kind === "send") await this.post.send(machine, this.random.pick(this.neighbours(machine.office)));
    if (kind === "deliver") return this.post.deliverAny();
    const isAlone = this.machines.get(machine.office.id)?.length === 1;
    if (kind === "clone" && isAlone) return this.clone(machine);
    if (kind === "clock") return this.turnClock(machine);
    if (kind === "restart") return machine.reopen();
    if (kind === "upgrade" && machine.program.isNewer === false && this.isMixed()) return this.upgrade(machine);
    if (kind === "backup" && isAlone) return machine.backup();
    if (kind === "restore" && isAlone && machine.backups.length > 0) {
      this.tell(`${machine.name} is restored from a backup`);
      return machine.restore(this.random.pick(machine.backups));
    }
  }

  act(machine: Machine): void {
    this.note(machine, this.clerk.act(machine));
  }

  private note(machine: Machine, parts: Part[]): void {
    for (const part of parts) {
      this.parts.push(part);
      this.stamped.push({ stamp: part.stamp, author: machine.name, latest: machine.latest });
      this.tell(`${machine.name} ${part.entity} ${part.id} ${JSON.stringify(part.values)} ${part.stamp}`);
      const office = part.entity === "project" ? part.values.office_id : undefined;
      if (typeof office === "string") this.settle(part.id, office);
    }
    if (parts.length > 0) this.plant.afterWrite?.(machine, parts);
  }

  private settle(project: string, office: string): void {
    const places = this.places.get(project) ?? new Set<string>();
    for (const { id } of tree) if (subtreeOf(id).has(office)) places.add(id);
    this.places.set(project, places);
  }

  private turnClock(machine: Machine): void {
    const errors = [0, 0, 0, -HOUR, -24 * HOUR, -400 * 24 * HOUR, 5 * HOUR, 40 * 24 * HOUR, YEAR_2099];
    machine.clockError = this.random.pick(errors);
    this.tell(`${machine.name} has its clock off by ${machine.clockError / HOUR} h`);
  }

  private isMixed(): boolean {
    return this.all().some((machine) => machine.program.isNewer);
  }

  private async upgrade(machine: Machine): Promise<void> {
    this.tell(`${machine.name} is upgraded`);
    await machine.reopen(this.programs.newer);
  }

  /** Everybody gets the newer program, if anybody has it. */
  async upgradeAll(): Promise<void> {
    if (!this.isMixed()) return;
    for (const machine of this.all()) if (!machine.program.isNewer) await this.upgrade(machine);
  }

  /** A copy of the folder is opened on a second PC, under the same replica id. */
  private async clone(machine: Machine): Promise<void> {
    this.copies++;
    const name = `${machine.office.id}-copy${this.copies}`;
    const copy = await machine.clone(name, join(this.folder, name));
    this.machines.set(machine.office.id, [machine, copy]);
    this.post.forked.add(machine.office.id);
    this.tell(`${name} is a copy of ${machine.name}`);
  }

  /** After the alarm one PC is put away and the other begins a new life. */
  async endClone(office: string): Promise<void> {
    const both = this.machines.get(office) ?? [];
    if (both.length < 2) return;
    const kept = this.random.pick(both);
    for (const machine of both) if (machine !== kept) machine.close();
    this.machines.set(office, [kept]);
    this.tell(`alarm: ${kept.name} stays, in a new life`);
    await kept.renew();
  }

  movesUnproven(city: Machine, to: string, refusal: string): boolean {
    const subtree = subtreeOf(to);
    for (const { id, values } of unprovenParts({ all: this.all(), places: this.places })) {
      const project = rowsOf(city.store, "project").get(id);
      const isNamed = project !== undefined && refusal.includes(`（${project.name}）`);
      if (!isNamed || !subtree.has(String(values.office_id)) || subtree.has(String(project.office_id))) continue;
      this.note(city, this.clerk.move(city, project, to));
      return true;
    }
    return false;
  }

  tell(line: string): void {
    this.story.push(line);
  }

  private chooseOffices(): TreeOffice[] {
    const wanted = this.random.between(3, tree.length + 1);
    const chosen = tree.filter(({ id }) => id === "c" || id === "d1" || id === "s1");
    for (const office of [...tree].sort(() => this.random.next() - 0.5)) {
      const isLinked = chosen.some(({ id }) => id === office.parent);
      if (chosen.length < wanted && isLinked && !chosen.includes(office)) chosen.push(office);
    }
    return tree.filter((office) => chosen.includes(office));
  }
}
