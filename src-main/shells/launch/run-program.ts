/** npm run demo and npm run bench: builds what is stale, then runs dist/main/cli.js with the given words. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { buildIfStale } from "./build.ts";

const root = join(import.meta.dirname, "../../..");

buildIfStale(root);
const child = spawn(process.execPath, [join(root, "dist/main/cli.js"), ...process.argv.slice(2)], { stdio: "inherit" });
child.on("exit", (code) => process.exit(code ?? 1));
