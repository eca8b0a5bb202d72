/** The built program behind loopback on a temporary data folder, with a page of a real Chromium in front of it. */

import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import type { startBrowserShell } from "#shells/browser/main.ts";
import { theBrowser } from "../helpers/chromium.ts";
import { type Client, clientOf } from "../helpers/client.ts";
import { builtRoot } from "../shells/built.ts";
import { demoFolder, freshFolder, type OfficeKey, officeFolder, offices } from "./templates.ts";

export type Program = {
  page: Page;
  readonly origin: string;
  dataFolder: string;
  /** Errors of the page's console and scripts so far; refused calls (422) are answers, not errors. */
  problems: string[];
  /** Opens a page afresh, such as "/nodes?month=2026-11": no window of an earlier test is left open. */
  open(path: string): Promise<void>;
  /** The contract, called as the page calls it. */
  client(): Promise<Client>;
  /** Closes the program and opens it again on the same data; `between` may do something to the data. */
  restart(between?: () => void): Promise<void>;
  close(): Promise<void>;
};

/** How long a slow computer may take to show what a test waits for. */
const TIMEOUT_MS = 30_000;

/** Opens the program; a fresh data folder shows the first-run page. The folder goes away when the program closes. */
export async function openProgram(options: BrowserContextOptions = {}, dataFolder = freshFolder()): Promise<Program> {
  const browser = await theBrowser();
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: "zh-CN",
    // Nothing fades: there is less to paint, and nothing to wait for.
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("status of 422")) problems.push(message.text());
  });
  let shell = await startShell(dataFolder);
  await page.goto(shell.openUrl);
  return {
    page,
    get origin() {
      return shell.origin;
    },
    dataFolder,
    problems,
    async open(path) {
      // Loaded again, as to another address alone the page would only turn to another screen; and not by way of a blank
      // page, which would end its process, and with it the scripts that it has compiled. Past the router, which would turn.
      await page.evaluate(`History.prototype.replaceState.call(history, null, "", ${JSON.stringify(`#${path}`)})`);
      await page.reload();
    },
    async client() {
      const cookies = await context.cookies(shell.origin);
      return clientOf(shell.origin, cookies.map(({ name, value }) => `${name}=${value}`).join("; "));
    },
    async restart(between) {
      await page.goto("about:blank");
      await shell.close();
      between?.();
      shell = await startShell(dataFolder);
      await page.goto(shell.openUrl);
    },
    async close() {
      await context.close();
      await shell.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** One program for all tests of a file: opened before them, closed after them, when its page must be without problems. */
export function inFrontOf(open: () => Promise<Program>): Program {
  const program = {} as Program;
  beforeAll(async () => {
    // Not their values: the origin changes with a restart.
    Object.defineProperties(program, Object.getOwnPropertyDescriptors(await open()));
  });
  afterAll(async () => {
    expect(program.problems).toEqual([]);
    await program.close();
  });
  return program;
}

/** Opens the program with the demo data; 张示例 of the city office is at the keyboard. */
export async function openDemo(options: BrowserContextOptions = {}): Promise<Program> {
  return atWorkbench(await openProgram(options, await demoFolder()), offices.city.person);
}

/** Opens one of three enrolled offices, its person at the keyboard. */
export async function openOffice(key: OfficeKey, options: BrowserContextOptions = {}): Promise<Program> {
  return atWorkbench(await openProgram(options, await officeFolder(key)), offices[key].person);
}

async function atWorkbench(program: Program, person: string): Promise<Program> {
  await program.page.getByRole("button", { name: person }).click();
  await program.page.getByRole("heading", { name: "工作台" }).waitFor();
  return program;
}

/** Serious and critical accessibility findings of the page as it stands (or of one part), as readable lines. */
export async function seriousFindings(page: Page, part = "html"): Promise<string[]> {
  await settled(page);
  // The checker's half a megabyte is handed to each page once.
  const isThere = await page.evaluate("'axe' in window");
  const { violations } = await new AxeBuilder({ page, ...(isThere ? { axeSource: ";" } : {}) })
    .include(part)
    .options({ resultTypes: ["violations"] })
    // In the page alone: the window that would gather the findings of frames costs twice as much as the check.
    .setLegacyMode()
    .analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
}

/** Waits until what was asked for is there and nothing fades or slides: half-faded text has a contrast nobody reads. */
async function settled(page: Page): Promise<void> {
  await expect.poll(() => page.locator('[aria-busy="true"]:visible').count()).toBe(0);
  // Loaders turn for ever; they are not waited for.
  const isStill = `document.getAnimations().every(({ effect, playState }) =>
    playState !== "running" || effect?.getComputedTiming().endTime === Infinity)`;
  await expect.poll(() => page.evaluate(isStill)).toBe(true);
}

async function startShell(dataFolder: string) {
  const program = pathToFileURL(join(builtRoot(), "dist/main/browser.js")).href;
  const built = (await import(program)) as { startBrowserShell: typeof startBrowserShell };
  return built.startBrowserShell({ dataFolder, port: 0 });
}
