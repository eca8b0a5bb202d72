/** The project's folder with a fresh dist/, for tests of the built program. */
import { resolve } from "node:path";
import { isStale } from "#shells/launch/build.ts";

let root: string | undefined;

/** Throws when dist/ was built from other sources: npm test builds before it tests. */
export function builtRoot(): string {
  if (root !== undefined) return root;
  const folder = resolve(import.meta.dirname, "../..");
  if (isStale(folder)) throw new Error("dist/ is stale: run npm run build before these tests");
  root = folder;
  return root;
}
