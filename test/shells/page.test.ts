/** The built page in a real Chromium: let in once, under its policy, and out of reach of other pages. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, quietFlags } from "#shells/browser/chromium.ts";
import { type StartedProgram, startProgram } from "./start-program.ts";

describe("the page in Chromium", () => {
  let folder: string;
  let program: StartedProgram;
  let browser: Browser;
  let evil: Server;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "lianxinqiao-page-"));
    program = startProgram(["--no-open", "--data", join(folder, "data")]);
    evil = createServer((_request, response) => response.setHeader("Content-Type", "text/html").end("<p>evil</p>"));
    await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
    browser = await chromium.launch({
      executablePath: findChromium() ?? "",
      args: [...quietFlags(), "--disable-gpu"],
    });
  });
  /** The program started anew: its last address was used. */
  async function restart(): Promise<string> {
    await program.stop();
    program = startProgram(["--no-open", "--data", join(folder, "data")]);
    return program.address();
  }
  afterAll(async () => {
    await browser.close();
    evil.close();
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("opens from the printed address without a complaint, and offers the three ways to begin", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(await program.address());
    for (const way of ["加入", "新建市级库", "演示数据"]) await page.getByText(way, { exact: true }).waitFor();
    expect(page.url()).not.toContain("token");
    expect(complaints).toEqual([]);
    await page.reload();
    await page.getByText("新建市级库", { exact: true }).waitFor();
    await context.close();
  });

  it("is out of reach of another page of this machine, to whose calls the browser adds the cookie", async () => {
    const context = await browser.newContext();
    const address = await restart();
    const page = await context.newPage();
    await page.goto(address);
    await page.getByText("新建市级库", { exact: true }).waitFor();
    const { origin } = new URL(page.url());

    const stranger = await context.newPage();
    await stranger.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
    const seen = await stranger.evaluate(`(async () => {
      const form = new FormData();
      const input = { personName: "张示例", duty: "主任" };
      form.append("data", JSON.stringify({ json: input, meta: [], maps: [] }));
      const parameters = { method: "POST", mode: "no-cors", credentials: "include", body: form };
      await fetch("${origin}/rpc/setup/createCityHub", parameters).catch(() => null);
      return fetch("${origin}/", { credentials: "include" }).then(() => "read", () => "refused");
    })()`);
    expect(seen).toBe("refused");
    await page.reload();
    await page.getByText("新建市级库", { exact: true }).waitFor();
    await context.close();
  });

  it("tells a second browser what to do", async () => {
    const page = await browser.newPage();
    const response = await page.goto(await program.address());
    expect(response?.status()).toBe(401);
    await page.getByText("请用启动时给出的地址打开").waitFor();
    await page.close();
  });
});
