/** A stand-in for Electron's unpacked download: the files electron-builder expects, with a fuse wire it can flip. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPackage } from "@electron/asar";

const FUSE_SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const FUSE_COUNT = 9;

/** Writes the Linux layout into `folder`. */
export async function writeFakeElectron(folder: string): Promise<void> {
  mkdirSync(join(folder, "resources"), { recursive: true });
  mkdirSync(join(folder, "locales"));
  const wire = Buffer.from(
    `${FUSE_SENTINEL}\u0001${String.fromCharCode(FUSE_COUNT)}${"0".repeat(FUSE_COUNT)}`,
    "latin1",
  );
  writeFileSync(join(folder, "electron"), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]), { mode: 0o755 });
  for (const locale of ["zh-CN", "en-US", "de"]) writeFileSync(join(folder, `locales/${locale}.pak`), "");
  const emptyApp = mkdtempSync(join(tmpdir(), "lianxinqiao-app-"));
  await createPackage(emptyApp, join(folder, "resources/default_app.asar"));
  rmSync(emptyApp, { recursive: true });
}

/** The fuses of a packaged program, in Electron's order: true where switched on. */
export function readFuses(executable: Buffer): boolean[] {
  const start = executable.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2;
  return [...executable.subarray(start, start + FUSE_COUNT)].map((state) => state === "1".charCodeAt(0));
}
