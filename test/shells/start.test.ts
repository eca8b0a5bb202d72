/** npm start, really started: without Electron, display or browser unless the test brings them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCore } from "#core/create-core.ts";
import { failureText } from "#domain/failure.ts";
import { type StartedProgram, startProgram } from "./start-program.ts";

describe("npm start", () => {
  let folder: string;
  let data: string;
  let started: StartedProgram[];
  const start = (parameters: string[], env: Record<string, string> = {}) => {
    const program = startProgram(parameters, { electron_config_cache: join(folder, "cache"), ...env });
    started.push(program);
    return program;
  };
  /** A browser that notes how it was called and stays open for the given seconds. */
  const fakeBrowser = (seconds: number) => {
    const path = join(folder, "browser");
    writeFileSync(path, `#!/bin/sh\necho "$@" > ${join(folder, "called")}\nsleep ${seconds}\n`, { mode: 0o755 });
    return { DISPLAY: ":77", LIANXINQIAO_BROWSER: path };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lianxinqiao-start-"));
    data = join(folder, "数据");
    started = [];
  });
  afterEach(async () => {
    for (const program of started) await program.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("prints the address, serves the program there, and closes the database when it is ended", async () => {
    const program = start(["--no-open", "--port", "0", "--data", data]);
    const address = await program.address();
    const { origin } = new URL(address);
    const entrance = await fetch(address, { redirect: "manual" });
    const cookie = entrance.headers.get("set-cookie")?.split(";")[0] ?? "";
    const page = await fetch(origin, { headers: { cookie } });
    expect(await page.text()).toContain("<title>连心桥");
    const headers = { cookie, origin, "content-type": "application/json" };
    const call = await fetch(`${origin}/rpc/setup/state`, { method: "POST", headers, body: "{}" });
    expect(await call.json()).toMatchObject({ json: { shell: "browser", dataFolder: data, office: null } });
    expect(await program.stop()).toBe(0);
    const core = await openCore({ dataFolder: data, version: "0", shell: "browser", printPdf: null });
    core.close();
  });

  it("says in one line that Electron cannot be had, and prints the address where no browser is found either", async () => {
    const program = start(["--data", data], { DISPLAY: ":77" });
    await program.address();
    expect(program.output()).toContain("没有 Electron 运行环境（下载不到），改用浏览器窗口打开。\n");
    expect(program.output()).toContain("没有找到 Chromium、Chrome 或 Edge");
  });

  it("prints the address where there is no display", async () => {
    const program = start(["--data", data]);
    await program.address();
    expect(program.output()).toContain("没有图形显示，也没有 Electron 运行环境，改用浏览器方式运行。\n");
  });

  it("opens an app window, and ends when it is closed", async () => {
    const program = start(["--browser", "--data", data], fakeBrowser(6));
    expect(await program.ended).toBe(0);
    const called = readFileSync(join(folder, "called"), "utf8");
    expect(called).toMatch(/--app=http:\/\/127\.0\.0\.1:\d+\/open\?token=/);
    expect(called).toContain(`--user-data-dir=${join(data, "browser-profile")}`);
    expect(program.output()).not.toContain("token=");
  });

  it("prints the address when the browser ends at once", async () => {
    const program = start(["--browser", "--data", data], fakeBrowser(0));
    await program.address();
  });

  it("refuses a second start on the same data with a sentence", async () => {
    await start(["--no-open", "--data", data]).address();
    const second = start(["--no-open", "--data", data]);
    expect(await second.ended).toBe(1);
    expect(second.output()).toBe(`${failureText("database_busy")}\n`);
  });

  it("keeps its address from start to start while the port is free", async () => {
    const first = start(["--no-open", "--data", data]);
    const { origin } = new URL(await first.address());
    await first.stop();
    const second = start(["--no-open", "--data", data]);
    expect(new URL(await second.address()).origin).toBe(origin);
    await second.stop();
    const other = createServer().listen(Number(new URL(origin).port), "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const third = start(["--no-open", "--data", data]);
    expect(new URL(await third.address()).origin).not.toBe(origin);
    other.close();
  });

  it("names a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const program = start(["--port", String(port), "--no-open", "--data", data]);
    expect(await program.ended).toBe(1);
    expect(program.output()).toBe(`端口 ${port} 已被别的程序占用。请换一个端口，或去掉 --port。\n`);
    other.close();
  });

  it("names a data folder that cannot be made", async () => {
    writeFileSync(data, "a file");
    const program = start(["--no-open", "--data", data]);
    expect(await program.ended).toBe(1);
    expect(program.output()).toContain(`数据文件夹“${data}”不能写入`);
  });

  it("answers a wrong option in one line and exit code 2", async () => {
    const program = start(["--prot", "1"]);
    expect(await program.ended).toBe(2);
    expect(program.output()).toMatch(/^不认识的选项“--prot”。.*\n$/);
  });
});
