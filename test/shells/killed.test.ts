/** The running program killed in the middle of work: what was acknowledged is there when it starts again. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ImportProgress } from "#contract/exchange.ts";
import { type Client, clientOf } from "../helpers/client.ts";
import { makeLargeBundle, unpack } from "../sync/large-bundle.ts";
import { type StartedProgram, startProgram } from "./start-program.ts";

let data: string;
let program: StartedProgram;

beforeEach(() => {
  data = join(mkdtempSync(join(tmpdir(), "lianxinqiao-killed-")), "数据");
});
afterEach(async () => {
  await program.stop();
  rmSync(join(data, ".."), { recursive: true, force: true });
});

/** Starts the program and lets this test in, as a window. */
async function start(): Promise<Client> {
  program = startProgram(["--no-open", "--port", "0", "--data", data]);
  const address = await program.address();
  const { origin } = new URL(address);
  const entrance = await fetch(address, { redirect: "manual" });
  const cookie = entrance.headers.get("set-cookie")?.split(";")[0] ?? "";
  return clientOf(origin, cookie);
}

it("a write that was acknowledged survives SIGKILL, with others half done; the next start is not kept out", async () => {
  let call = await start();
  await call.setup.createCityHub({ personName: "张示例", duty: "科员" });
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (let at = 0; at < 5; at += 1) {
      const name = `示例项目${round}-${at}`;
      await call.projects.create({ values: { name } });
      acknowledged.push(name);
    }
    const underway = Array.from({ length: 20 }, (_, at) =>
      call.projects.create({ values: { name: `未确认${round}-${at}` } }).then(
        () => acknowledged.push(`未确认${round}-${at}`),
        () => null,
      ),
    );
    await Promise.race(underway);
    expect(await program.kill()).toBeNull();
    await Promise.all(underway);

    call = await start();
    const { people, today } = await call.setup.state();
    await call.setup.choosePerson({ personId: people[0]?.id ?? "" });
    const { rows } = await call.projects.list({ filter: {}, offset: 0, limit: 500, asOf: today });
    const names = rows.map((row) => row.name);
    expect(names).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(names).size).toBe(names.length);
    // Whatever else arrived is whole: each record is what the journal says it is.
    expect(await call.maintenance.verify()).toMatchObject({ ok: true });
  }
});

it("SIGKILL in the middle of a large import leaves the database as it was, and the import can be done again", async () => {
  const bundle = await makeLargeBundle(1000);
  mkdirSync(data, { recursive: true });
  unpack(bundle, data);
  const file = new File([new Uint8Array(bundle.bytes)], bundle.fileName);
  const open = async () => {
    const call = await start();
    const { people, today } = await call.setup.state();
    await call.setup.choosePerson({ personId: people[0]?.id ?? "" });
    const count = async () => (await call.projects.list({ filter: {}, offset: 0, limit: 1, asOf: today })).total;
    return { call, count };
  };
  let { call, count } = await open();
  for (const phase of ["check", "merge"] as const) {
    const importing = call.exchange.import({ file }).catch(() => null);
    await until(call, phase);
    await program.kill();
    expect(await importing).toBeNull();
    ({ call, count } = await open());
    expect(await count()).toBe(bundle.before);
    expect(await call.maintenance.verify()).toMatchObject({ ok: true });
  }
  expect(await call.exchange.import({ file })).toMatchObject({ outcome: "applied", added: bundle.records });
  expect(await count()).toBe(bundle.after);
  expect(await call.maintenance.verify()).toMatchObject({ ok: true });
});

/** Waits until the running import is in that phase. */
async function until(call: Client, phase: ImportProgress["phase"]): Promise<void> {
  for (;;) {
    for await (const progress of await call.exchange.importing()) if (progress?.phase === phase) return;
  }
}
