/** Unit, integration, end-to-end and packaging tests; the built program in dist/ must be fresh (npm test sees to it). */
import { defineConfig } from "vitest/config";

/** Tests that click: they share a Chromium, the built program and the data folders they start from. */
const CLICKED = "test/e2e/**/*.test.ts";

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
      { extends: true, test: { name: "e2e", include: [CLICKED], isolate: false } },
      { extends: true, test: { name: "unit", include: ["test/**/*.test.{ts,tsx}"], exclude: [CLICKED] } },
    ],
  },
});
