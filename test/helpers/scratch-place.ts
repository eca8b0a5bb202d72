/** Where tests put their folders: in memory where the system has such a place, for a disk adds time but no truth. */
import { accessSync, constants } from "node:fs";
import { tmpdir } from "node:os";

const MEMORY = "/dev/shm";

function findPlace(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
    return MEMORY;
  } catch {
    return tmpdir();
  }
}

export const scratchPlace = findPlace();
