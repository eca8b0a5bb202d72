/** Folders of the evidence. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll } from "vitest";
import { scratchPlace } from "../helpers/scratch-place.ts";

/** A folder that goes away with the test file; call it outside of hooks and tests. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(scratchPlace, "lianxinqiao-evidence-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
