/** `npm run demo -- --city`: a folder with a whole city, made once and never over another office. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { runCity } from "#shells/cli/city.ts";

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "lianxinqiao-city-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};
const run = async (...parameters: string[]) => {
  const said: string[] = [];
  return { code: await runCity(parameters, (line) => said.push(line)), said: said.join("\n") };
};

test("the folder opens as a demo city with its projects, and is not filled twice", async () => {
  const data = folder();
  const made = await run("--city", "12", "--secretaries", "8", "--data", data);
  expect(made).toMatchObject({ code: 0, said: expect.stringContaining(`npm start -- --data ${data}`) });
  const core = await openCore({ dataFolder: data, version: "0.0.0", shell: "browser", printPdf: null });
  const call = localClient(core.router);
  const { isDemo, today, people } = await call.setup.state();
  await call.setup.choosePerson({ personId: people[0]?.id ?? "" });
  const list = await call.projects.list({ filter: {}, offset: 0, limit: 50, asOf: today });
  core.close();
  expect({ isDemo, total: list.total }).toEqual({ isDemo: true, total: 12 });
  expect(await run("--city", "12", "--data", data)).toMatchObject({
    code: 2,
    said: expect.stringContaining("已有数据库"),
  });
});

test("what is missing or wrong is said in a sentence, and nothing is made", async () => {
  expect(await run("--city", "12")).toMatchObject({ code: 2, said: expect.stringContaining("--data") });
  expect(await run("--city", "many", "--data", folder())).toMatchObject({
    code: 2,
    said: expect.stringContaining("项目数"),
  });
  expect(await run("--town", "1")).toMatchObject({ code: 2, said: expect.stringContaining("不认识的选项") });
});
