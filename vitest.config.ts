/** Unit, integration, end-to-end and packaging tests; the built program in dist/ must be fresh (npm test sees to it). */
import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { __VERSION__: '"0.0.0-test"' },
  cacheDir: ".cache/vitest",
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    environment: "node",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 10_000 } },
    maxWorkers: 2,
  },
});
