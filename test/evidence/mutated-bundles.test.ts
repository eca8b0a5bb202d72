/** Law 7 under attack: whatever is done to a bundle, it is refused by name without a trace, or taken in whole. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Failure } from "#domain/failure.ts";
import { loadProgram, type Program } from "./convergence/program.ts";
import { RECEIVER } from "./crash/office.ts";
import { makeMaterial } from "./mutation/material.ts";
import { type Material, type Mutated, mutate } from "./mutation/mutate.ts";
import { Target } from "./mutation/target.ts";
import { scratchFolder } from "./scratch.ts";
import { gather, TIMEOUT } from "./settings.ts";

const root = scratchFolder();
let program: Program;
let material: Material;
let target: Target;

beforeAll(async () => {
  program = await loadProgram("today");
  material = await makeMaterial(program, root);
  target = new Target(program, RECEIVER, join(root, "template"), join(root, "target"));
}, TIMEOUT);
afterAll(() => target.close());

test(
  "no spoiled bundle is taken in, and none leaves a trace",
  async () => {
    await gather("mutated bundles", { inTest: 5000, inSoak: 500_000 }, async (seed) => {
      const mutated = await mutate(seed, material);
      if (material.bundles.some((bundle) => bundle.equals(mutated.bytes))) return { untouched: 1 };
      const kind = mutated.how.split(" ")[0] ?? "";
      return { [`${kind} ${await target.check(mutated)}`]: 1 };
    });
  },
  TIMEOUT,
);

type Import = Program["importBundle"];
const spoiled: Mutated = { how: "planted", bytes: Buffer.from("LXQB"), isAuthorised: false };
const mistakes: [string, Mutated, (real: Import) => Import, RegExp][] = [
  [
    "an import that accepts anything",
    spoiled,
    (real) => (context, keys, _, name, person) =>
      real(context, keys, material.bundles[0] ?? spoiled.bytes, name, person),
    /planted: applied/,
  ],
  [
    "an import that stumbles",
    spoiled,
    () => async () => {
      throw new TypeError("cannot read properties of undefined");
    },
    /not a named failure/,
  ],
  [
    "an import that writes before it has checked everything",
    spoiled,
    (real) => async (context, keys, bytes, name, person) => {
      context.store.writeMeta("half", "done");
      return real(context, keys, bytes, name, person);
    },
    /yet the database changed/,
  ],
  [
    "an import that writes past the log",
    { ...spoiled, isAuthorised: true },
    (real) => async (context, keys, _, name, person) => {
      const report = await real(context, keys, material.bundles[0] ?? spoiled.bytes, name, person);
      context.store.sqlite.exec("update project set owner = '改动'");
      return report;
    },
    /not what the log says/,
  ],
];

test.for(mistakes)("the check catches %s", { timeout: TIMEOUT }, async ([, mutated, mistake, words]) => {
  target.close();
  await expect(target.check(mutated, mistake(program.importBundle))).rejects.toThrow(words);
  target.close();
});

test("the check lets a named failure pass", async () => {
  const refuse: Import = async () => {
    throw new Failure("file_empty", { file: "x" });
  };
  expect(await target.check(spoiled, refuse)).toBe("refused");
});
