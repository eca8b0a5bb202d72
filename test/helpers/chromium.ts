/** The installed Chromium as tests drive it: one for all test files that a worker runs, ended with the worker. */
import { type Browser, chromium } from "playwright-core";
import { findChromium, quietFlags } from "#shells/browser/chromium.ts";

let running: Promise<Browser> | undefined;

export function theBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("no Chromium, Chrome or Edge on this system");
  running ??= chromium.launch({ executablePath, args: [...quietFlags(), "--disable-gpu"] });
  return running;
}
