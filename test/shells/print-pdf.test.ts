/** The installed browser as printer: what is given up leaves nothing running and nothing behind. */
import { globSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { findChromium, printPdf } from "#shells/browser/chromium.ts";
import { tempFolder } from "../helpers/replica.ts";

it("a sheet that is given up ends the printer and removes what it was given", async () => {
  const folder = tempFolder();
  vi.stubEnv("TMPDIR", folder);
  const giveUp = new AbortController();
  const printing = printPdf(findChromium() ?? "", `<p>${"一行字".repeat(1_000_000)}</p>`, giveUp.signal);
  // Answered when the browser has ended.
  const ended = printing.catch((error: unknown) => error);
  await expect.poll(() => globSync("*/profile/*", { cwd: folder }).length).toBeGreaterThan(0);
  giveUp.abort();
  expect(await ended).toMatchObject({ name: "AbortError" });
  expect(globSync("*", { cwd: folder })).toEqual([]);
  vi.unstubAllEnvs();
});
