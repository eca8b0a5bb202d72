/**
 * The command line: `demo` runs the main job without a window or makes a whole city, `hub` exchanges a folder of bundles, `doctor` checks
 * a data folder, `bench` measures the core. Built to dist/main/cli.js.
 */
import { join } from "node:path";
import { Failure } from "#domain/failure.ts";

const commands: Record<string, () => Promise<(folder: string) => Promise<void>>> = {
  demo: async () =>
    process.argv.length > 3
      ? async () => {
          process.exitCode = await (await import("./city.ts")).runCity(process.argv.slice(3), console.log);
        }
      : (await import("./demo.ts")).runDemo,
  hub: async () => async () => {
    process.exitCode = await (await import("./hub/hub.ts")).runHub(process.argv.slice(3), console.log);
  },
  doctor: async () => async () => {
    process.exitCode = await (await import("./doctor.ts")).runDoctor(process.argv.slice(3), console.log);
  },
  bench: async () => {
    if (process.argv[3] === "sync") return (await import("./bench/sync.ts")).runSyncBench;
    if (process.argv[3] === "screens") {
      return async () => (await import("./bench/screens.ts")).runScreensBench(process.argv.slice(4));
    }
    return (await import("./bench/bench.ts")).runBench;
  },
  // Started by bench in processes of their own.
  probe: async () => async () => (await import("./bench/bench.ts")).probe(process.argv[3] ?? ""),
  import: async () => async () =>
    (await import("./bench/first-import.ts")).takeIn(process.argv[3] ?? "", process.argv[4] ?? ""),
  "sync-import": async () => (await import("./bench/sync.ts")).takeFiles,
  "sync-floor": async () => (await import("./bench/sync.ts")).takeFloorFiles,
  raw: async () => async () =>
    (await import("./bench/first-import.ts")).raw(process.argv[3] ?? "", process.argv[4] ?? ""),
};

const [name = ""] = process.argv.slice(2);
const command = commands[name];
if (command) {
  try {
    await (await command())(join(import.meta.dirname, "../.."));
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
} else {
  console.error(`usage: cli ${Object.keys(commands).join(" | ")}`);
  process.exitCode = 2;
}
