/** Unit, integration, end-to-end and packaging tests; the built program in dist/ must be fresh (npm test sees to it). */
import { defineConfig } from "vitest/config";

/** Tests that click and print: they share a Chromium, the built program and the data folders they start from. */
const inChromium = ["test/{e2e,sheets}/**/*.test.ts"];
/** Tests that leave nothing behind in the modules they import: loading these for each file would take longest. */
const inOneProcess = ["test/{domain,features,journal,spreadsheet,store,sync}/**/*.test.{ts,tsx}"];
/** Except for those that give a module another inside, or the registry another entity. */
const alone = ["test/store/blobs.test.ts", "test/sync/{attachments-in-bundles,laws,scope,versions}.test.ts"];

export default defineConfig({
  define: { __VERSION__: '"0.0.0-test"' },
  cacheDir: ".cache/vitest",
  test: {
    environment: "node",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: "in Chromium", include: inChromium, isolate: false, globalSetup: "test/e2e/scratch.ts" },
      },
      { extends: true, test: { name: "in one process", include: inOneProcess, exclude: alone, isolate: false } },
      {
        extends: true,
        test: {
          name: "each alone",
          include: ["test/{evidence,packaging,shells}/**/*.test.{ts,tsx}", ...alone],
        },
      },
    ],
  },
});
