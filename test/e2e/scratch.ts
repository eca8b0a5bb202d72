/** The place of all data folders of a run; what is in it goes away when the run ends, however its workers ended. */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { scratchPlace } from "../helpers/scratch-place.ts";

declare module "vitest" {
  interface ProvidedContext {
    dataFolders: string;
  }
}

export default function setup(project: TestProject): () => void {
  const root = mkdtempSync(join(scratchPlace, "lianxinqiao-e2e-"));
  project.provide("dataFolders", root);
  return () => rmSync(root, { recursive: true, force: true });
}
