/** Builds everything into dist/: the page (renderer), the programs (main) and Electron's one-file preload. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const root = import.meta.dirname;
const shells = join(root, "src-main/shells");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

/** Programs that Node or Electron start; each becomes dist/main/NAME.js. */
const programs = {
  electron: join(shells, "electron/main.ts"),
  "core-process": join(shells, "electron/core-process.ts"),
  browser: join(shells, "browser/main.ts"),
  cli: join(shells, "cli/main.ts"),
  "import-worker": join(root, "src-main/sync/import-worker.ts"),
};

export default defineConfig(({ command }) => ({
  root: join(root, "src-renderer"),
  cacheDir: join(root, ".cache/vite"),
  plugins: [react()],
  define: { __VERSION__: JSON.stringify(version) },
  builder: {},
  environments: {
    client: {
      build: {
        outDir: join(root, "dist/renderer"),
        emptyOutDir: true,
        // Chromium of Electron 45; also the oldest Chromium that clerks' systems ship (UOS, Kylin).
        target: "chrome111",
        chunkSizeWarningLimit: 4000,
        rolldownOptions: { input: join(root, "src-renderer/index.html") },
      },
    },
    main: {
      consumer: "server",
      // Everything is bundled but Electron's own module and the one native package; npm run dev bundles nothing.
      resolve:
        command === "build" ? { noExternal: true, external: ["electron", "better-sqlite3"] } : { external: true },
      define: command === "build" ? { "process.env.NODE_ENV": '"production"' } : {},
      build: {
        ssr: true,
        outDir: join(root, "dist/main"),
        emptyOutDir: true,
        target: "node24",
        minify: false,
        rolldownOptions: {
          input: Object.fromEntries(Object.entries(programs).filter(([, file]) => existsSync(file))),
          output: { format: "esm", entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
        },
      },
    },
    preload: {
      consumer: "server",
      resolve: { noExternal: true, external: ["electron"] },
      build: {
        ssr: true,
        outDir: join(root, "dist/preload"),
        emptyOutDir: true,
        target: "chrome111",
        minify: false,
        rolldownOptions: {
          input: join(shells, "electron/preload/preload.ts"),
          // A sandboxed preload is one CommonJS file.
          output: { format: "cjs", entryFileNames: "preload.cjs", codeSplitting: false },
        },
      },
    },
  },
}));
