/** Folders of the evidence: in memory where the system has such a place, for a disk adds time but no truth here. */
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const MEMORY = "/dev/shm";

function place(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
    return MEMORY;
  } catch {
    return tmpdir();
  }
}

/** A folder that goes away with the test file; call it outside of hooks and tests. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(place(), "lianxinqiao-evidence-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
