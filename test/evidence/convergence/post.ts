/** The way between offices: bundles on sticks, which get lost, come twice, or come in another order. */
import { readFileSync, rmSync } from "node:fs";
import type { Store } from "#store/store.ts";
import type { Carried } from "./carried.ts";
import { contentOf, rowsOf } from "./look.ts";
import type { Machine } from "./machine.ts";
import { Knowledge, officeOf, type Part } from "./model.ts";
import { LATE_ENTITY } from "./program.ts";
import { subtreeOf } from "./tree.ts";
import type { World } from "./world.ts";

const PERSON = "经办示例";

export class Post {
  readonly underway: Carried[] = [];
  /** Offices whose database was once in use on two PCs: only for them may an alarm be raised. */
  readonly forked = new Set<string>();
  readonly counts = { applied: 0, parked: 0, already: 0, alarms: 0, lost: 0 };

  constructor(private readonly history: World) {}

  async send(machine: Machine, to: string): Promise<void> {
    const carried = await this.export(machine, to);
    if (carried) this.underway.push(carried);
  }

  /** Delivers one of the bundles underway, whichever; or loses it; or delivers it and keeps it for another time. */
  async deliverAny(): Promise<void> {
    const { random, machines } = this.history;
    if (this.underway.length === 0) return;
    const index = random.chance(0.6) ? 0 : random.between(0, this.underway.length);
    const carried = this.underway[index];
    if (!carried) return;
    if (!random.chance(0.12)) this.underway.splice(index, 1);
    if (random.chance(0.12)) {
      this.counts.lost++;
      this.history.tell(`${nameOf(carried)} is lost`);
      return;
    }
    await this.deliver(carried, random.pick(machines.get(carried.to) ?? []));
  }

  async export(machine: Machine, to: string): Promise<Carried | null> {
    const { program, context, keys, stick } = machine;
    this.history.time.now += 1000;
    try {
      const made = await program.exportBundle(context, keys, to, stick, PERSON, "0.1.0");
      const bytes = readFileSync(made.path);
      rmSync(made.path);
      const carried: Carried = {
        sender: machine.name,
        from: machine.office.id,
        to,
        replica: machine.replica,
        number: made.number,
        recordChanges: made.recordChanges,
        bytes,
        fileName: made.fileName,
        knowledge: this.contentFor(machine, to),
        madeFor: machine.lives.get(to)?.at(-1) ?? null,
      };
      this.history.tell(`${nameOf(carried)} is made with ${made.recordChanges} record changes`);
      return carried;
    } catch (error) {
      if (codeOf(error) === "nothing_to_export") return null;
      throw error;
    }
  }

  /**
   * Law 8: upward everything, but of the work of offices outside its subtree only what bears the parent's own seal (law
   * 9); downward what is city-wide and the projects of the child's subtree, as seen here.
   */
  private contentFor(machine: Machine, to: string): Knowledge {
    const { knowledge, office, store, program } = machine;
    if (to === office.parent) {
      const own = subtreeOf(office.id);
      const isProven = (part: Part) => own.has(officeOf(part)) || machine.fromParent.has(part);
      return new Knowledge(new Set([...knowledge.sure].filter(isProven)), new Set(knowledge.maybe));
    }
    const subtree = subtreeOf(to);
    const projects = rowsOf(store, "project");
    const people = peopleFor(to, store, (id) => subtree.has(String(projects.get(id)?.office_id)));
    const isFor = ({ entity, id, project }: Part) => {
      if (entity === "office" || entity === "setting") return true;
      if (entity === "person") return people.has(id);
      // A hub that does not know an entity cannot tell whom its records are for.
      if (entity === LATE_ENTITY && !program.isNewer) return false;
      return project !== null && subtree.has(String(projects.get(project)?.office_id));
    };
    return new Knowledge(new Set([...knowledge.sure].filter(isFor)), new Set(knowledge.maybe));
  }

  async deliver(carried: Carried, machine: Machine): Promise<void> {
    const { program, context, keys, store } = machine;
    this.history.time.now += 1000;
    const writes = writesOf(store);
    // Only these may refuse a bundle by right.
    const mayRefuse = machine.office.level === "city" || this.suspects(carried, machine).length > 0;
    const before = mayRefuse ? contentOf(store) : "";
    try {
      const report = await program.importBundle(context, keys, carried.bytes, carried.fileName, PERSON);
      this.history.plant.afterImport?.(machine, carried);
      this.history.tell(`${machine.name} takes ${nameOf(carried)}: ${report.outcome} ${report.released.join()}`);
      this.counts[report.outcome]++;
      if (report.outcome === "already" && writesOf(store) !== writes) {
        throw new Error(`law 4: ${nameOf(carried)} taken again changed the database of ${machine.name}`);
      }
      if (report.outcome === "parked") machine.waiting.push(carried);
      if (report.outcome !== "applied") return;
      learn(machine, carried);
      const isReleased = ({ from, number }: Carried) => from === carried.from && report.released.includes(number);
      for (const waiting of machine.waiting.filter(isReleased)) learn(machine, waiting);
      machine.waiting = machine.waiting.filter((waiting) => !isReleased(waiting));
    } catch (error) {
      const code = codeOf(error);
      if (code === null) throw error;
      this.history.tell(`${machine.name} refuses ${nameOf(carried)}: ${code}`);
      if (mayRefuse && contentOf(store) !== before)
        throw new Error(`law 7: ${code} for ${nameOf(carried)}, yet something was written`);
      const { message } = error as Error;
      if (code === "authority_refused" && this.history.movesUnproven(machine, carried.from, message)) {
        return this.deliver(carried, machine);
      }
      // One PC has acknowledged what its twin has not heard of, and does not keep to.
      if (code === "authority_refused" && this.suspects(carried, machine).includes(carried.from)) return;
      await this.alarm(carried, machine, code, message);
    }
  }

  /** Offices whose copied database an alarm may be about. */
  private suspects({ from }: Carried, { office }: Machine): string[] {
    return [from, office.id].filter((id) => this.forked.has(id));
  }

  private async alarm(carried: Carried, machine: Machine, code: string, message: string): Promise<void> {
    const suspects = this.suspects(carried, machine);
    const isAlarm = code === "bundle_forked" || code === "acknowledgement_unknown";
    if (!isAlarm || suspects.length === 0) {
      throw new Error(`${machine.name} refuses ${nameOf(carried)} of an honest office: ${message}`);
    }
    if (this.history.plant.isDeaf) return;
    this.counts.alarms++;
    for (const office of suspects) await this.history.endClone(office);
  }
}

/** How many rows were ever written over this connection. */
function writesOf(store: Store): number {
  return store.prepare("select total_changes()").pluck().get() as number;
}

/** The people an office needs to know: its own, those of the offices above and below it, and who works on its projects. */
function peopleFor(office: string, store: Store, isOurs: (project: string) => boolean): Set<string> {
  const people = new Set<string>();
  for (const [id, { office_id }] of rowsOf(store, "person")) {
    if (subtreeOf(String(office_id)).has(office) || subtreeOf(office).has(String(office_id))) people.add(id);
  }
  for (const entity of ["assignment", "visit"]) {
    for (const row of rowsOf(store, entity).values()) {
      if (isOurs(String(row.project_id))) people.add(String(row.person_id));
    }
  }
  return people;
}

/** What the machine knows once it has taken a bundle in: for sure only when the bundle leaves nothing out for it. */
function learn(machine: Machine, carried: Carried): void {
  const lives = machine.lives.get(carried.from) ?? [];
  const isOld = lives.includes(carried.replica) && lives.at(-1) !== carried.replica;
  if (!lives.includes(carried.replica)) machine.lives.set(carried.from, [...lives, carried.replica]);
  const isForThisLife = carried.madeFor === null || carried.madeFor === machine.replica;
  machine.knowledge.take(carried.knowledge, isForThisLife && !isOld);
  if (carried.from === machine.office.parent) {
    for (const part of carried.knowledge.sure) machine.fromParent.add(part);
  }
}

export function nameOf({ sender, to, number, replica }: Carried): string {
  return `${sender}→${to} ${number} (${replica})`;
}

/** The code of a Failure of any version of the program; null for anything else. */
function codeOf(error: unknown): string | null {
  const { name, code } = error as { name?: string; code?: string };
  return name === "Failure" && code !== undefined ? code : null;
}
