/**
 * The port of the last start, kept in the data folder. What the page itself remembers (columns, colours) belongs to
 * its address, so the address stays the same from start to start while it is free.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILE = "browser-port";

/** 0 (any free port) where there was no last start. */
export function readLastPort(dataFolder: string): number {
  try {
    const port = Number(readFileSync(join(dataFolder, FILE), "utf8"));
    return Number.isInteger(port) && port > 1023 && port < 65536 ? port : 0;
  } catch {
    return 0;
  }
}

export function writeLastPort(dataFolder: string, port: number): void {
  writeFileSync(join(dataFolder, FILE), String(port));
}
