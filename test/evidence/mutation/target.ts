/** The office that the spoiled bundles are taken to, and what must hold after each. */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { failures } from "#domain/failure.ts";
import type { Store } from "#store/store.ts";
import { contentOf } from "../convergence/look.ts";
import { Machine } from "../convergence/machine.ts";
import type { Program } from "../convergence/program.ts";
import { copyFolder, START, tree } from "../convergence/tree.ts";
import { Random } from "../random.ts";
import type { Mutated } from "./mutate.ts";

type Import = Program["importBundle"];

export class Target {
  private machine: Machine | undefined;
  private before = "";
  private marksBefore = "";
  private files: string[] = [];

  /** `template` is the folder of an office at rest; each damage done to its copy is undone by a fresh one. */
  constructor(
    private readonly program: Program,
    private readonly office: string,
    private readonly template: string,
    private readonly folder: string,
  ) {}

  /** Throws when the bundle was taken in wrongly, refused without a name, or left a trace. */
  async check({ how, bytes, isAuthorised }: Mutated, importer: Import = this.program.importBundle): Promise<string> {
    const { context, keys, store } = this.machine ?? (await this.open());
    const fileName = `${how}.lxq`;
    const failure = await importer(context, keys, bytes, fileName, "经办示例").then(
      ({ outcome }) => ({ outcome }),
      (error: unknown) => ({ error }),
    );
    if ("error" in failure) {
      const code = nameOf(failure.error);
      if (this.isChanged(store)) throw new Error(`${how}: refused (${code}), yet the database changed`);
      if (this.listed().join() !== this.files.join())
        throw new Error(`${how}: refused (${code}), yet left files behind`);
      return "refused";
    }
    if (!isAuthorised) throw new Error(`${how}: ${failure.outcome}`);
    const { ok, lines } = this.program.verifyStore(store);
    if (!ok)
      throw new Error(`${how}: ${failure.outcome}, but the tables are not what the log says: ${lines.join(" ")}`);
    this.close();
    return failure.outcome;
  }

  close(): void {
    this.machine?.close();
    this.machine = undefined;
  }

  private async open(): Promise<Machine> {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder);
    const office = tree.find(({ id }) => id === this.office);
    if (!office) throw new Error(`no such office: ${this.office}`);
    const home = join(this.folder, "数据");
    copyFolder(this.template, home);
    const time = { now: START + 30 * 24 * 3_600_000 };
    this.machine = await Machine.start(this.office, office, home, this.program, time, new Random(1));
    this.before = contentOf(this.machine.store);
    this.marksBefore = marksOf(this.machine.store);
    this.files = this.listed();
    return this.machine;
  }

  /** Reads everything only where something was written, were it rolled back. */
  private isChanged(store: Store): boolean {
    const marks = marksOf(store);
    if (marks === this.marksBefore) return false;
    this.marksBefore = marks;
    return contentOf(store) !== this.before;
  }

  /** Files of the office and around it: a hostile name may lead anywhere. */
  private listed(): string[] {
    return readdirSync(this.folder, { recursive: true }).map(String).sort();
  }
}

/** What SQLite counts of writes by this connection, by others, and of changes to the tables' shape. */
function marksOf(store: Store): string {
  const counts = "select total_changes(), data_version, schema_version from pragma_data_version, pragma_schema_version";
  return JSON.stringify(store.prepare(counts).get());
}

/** The code of a named Failure; anything else that an import throws is a bug. */
function nameOf(error: unknown): string {
  const { name, code } = error as { name?: string; code?: string };
  if (name === "Failure" && code !== undefined && Object.hasOwn(failures, code) && code !== "internal") return code;
  throw new Error(`not a named failure: ${error instanceof Error ? error.stack : String(error)}`);
}
