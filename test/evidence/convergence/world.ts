/** What the way between offices needs to know of a history. */
import type { Random } from "../random.ts";
import type { Carried } from "./carried.ts";
import type { Machine } from "./machine.ts";
import type { Part } from "./model.ts";

/** Where a planted bug may take hold: what is done is the harness' own, the product is never changed. */
export type Plant = {
  afterWrite?: (machine: Machine, parts: Part[]) => void;
  afterImport?: (machine: Machine, bundle: Carried) => void;
  isDeaf?: boolean;
};

export type World = {
  readonly random: Random;
  readonly time: { now: number };
  /** The PCs of each office. */
  readonly machines: ReadonlyMap<string, Machine[]>;
  readonly plant: Plant;
  tell(line: string): void;
  /** After the alarm one PC is put away and the other begins a new life. */
  endClone(office: string): Promise<void>;
  /** The city moves the project that a refusal names, if only a move that nobody can prove to it had moved it there. */
  movesUnproven(city: Machine, to: string, refusal: string): boolean;
};
