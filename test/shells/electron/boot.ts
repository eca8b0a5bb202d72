/** Boots the built Electron program of an app folder under the stub, in a Node of its own. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { DriverFacts } from "./driver.ts";

/** Runs one scenario to its end and returns what the program did; `bundle`: the file for "import". */
export async function bootElectron(
  scenario: "boot" | "second" | "refused" | "import",
  appFolder: string,
  dataFolder: string,
  bundle = "",
) {
  const file = (name: string) => join(import.meta.dirname, name);
  const parameters = ["--import", file("register.ts"), file("driver.ts"), scenario, appFolder, dataFolder, bundle];
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { timeout: 60_000 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as DriverFacts;
}
