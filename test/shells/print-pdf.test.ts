/** The installed browser as printer: what is given up leaves nothing running and nothing behind. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { findChromium, printPdf } from "#shells/browser/chromium.ts";

/** Command lines of processes that name this text. */
const running = (text: string) => spawnSync("pgrep", ["-af", text], { encoding: "utf8" }).stdout.trim();

it("a sheet that is given up ends the printer and removes what it was given", async () => {
  const giveUp = new AbortController();
  const printing = printPdf(findChromium() ?? "", `<p>${"一行字".repeat(1_000_000)}</p>`, giveUp.signal);
  const ended = printing.catch((error: unknown) => error);
  const ours = () => spawnSync("pgrep", ["-P", `${process.pid}`, "-af", "print-to-pdf"], { encoding: "utf8" }).stdout;
  await expect.poll(ours).toContain("sheet.html");
  const folder = /--user-data-dir=(\S+)\/profile/.exec(ours())?.[1] ?? "";
  expect(existsSync(folder)).toBe(true);
  giveUp.abort();
  expect(await ended).toMatchObject({ name: "AbortError" });
  await expect.poll(() => running(folder)).toBe("");
  expect(existsSync(folder)).toBe(false);
});
