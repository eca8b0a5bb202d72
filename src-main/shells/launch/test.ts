/** npm test: what the tests need, then types, lint, unused code, the build and every test. Ends with the counts. */
import { execFile, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findChromium } from "#shells/browser/chromium.ts";
import { build, isStale } from "./build.ts";

const root = join(import.meta.dirname, "../../..");
/** Bytes that a check may have to say. */
const MAX_OUTPUT = 64 * 1024 * 1024;
const RESULTS = join(root, ".cache/vitest-results.json");

/** What the end-to-end and print tests need from the system, with the Debian package that brings it. */
const needs = [
  { package: "chromium", what: "Chromium, Chrome or Edge", isThere: () => findChromium() !== null },
  { package: "fonts-noto-cjk", what: "a Chinese font", isThere: hasChineseFont },
  {
    package: "poppler-utils",
    what: "poppler (pdftotext, pdftoppm)",
    isThere: () => onPath("pdftotext") && onPath("pdftoppm"),
  },
  { package: "age", what: "the age program", isThere: () => process.platform === "win32" || onPath("age") },
];

preflight();
// The build goes on while the checks run in processes of their own.
const stages = [
  checkedBy("types", "typescript/bin/tsc", ["-b"]),
  checkedBy("lint", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]),
  checkedBy("unused code", "knip/bin/knip.js", []),
  built(),
];
const failedStages = (await Promise.all(stages)).filter((isGood) => !isGood).length;
rmSync(RESULTS, { force: true });
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${RESULTS}`];
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const testsPassed = spawnSync(process.execPath, [vitest, "run", ...reporters], { cwd: root, stdio: "inherit" });
const counts = readCounts();
// A test file that cannot be loaded fails the run without failing a test.
const failed = failedStages + (testsPassed.status === 0 ? counts.failed : Math.max(1, counts.failed));
console.log(`${counts.passed} passed, ${failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}`);
process.exit(failed > 0 || counts.passed === 0 ? 1 : 0);

/** Installs what is missing on Debian as root; elsewhere ends with one line that says what to install. */
function preflight(): void {
  let missing = needs.filter((need) => !need.isThere());
  if (missing.length > 0 && process.getuid?.() === 0 && onPath("apt-get")) {
    const packages = missing.map((need) => need.package);
    console.log(`installing ${packages.join(", ")}`);
    aptGet("update", "-q");
    aptGet("install", "-y", "-q", "--no-install-recommends", ...packages);
    missing = needs.filter((need) => !need.isThere());
  }
  if (missing.length === 0) return;
  const names = missing.map((need) => `${need.what} (Debian: ${need.package})`);
  console.error(`npm test needs ${names.join(", ")}: please install and run it again`);
  process.exit(1);
}

function aptGet(...parameters: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", parameters, { stdio: ["ignore", "ignore", "inherit"], env });
}

/** Runs a tool of node_modules with this Node; true when it succeeded. */
function checkedBy(name: string, script: string, parameters: string[]): Promise<boolean> {
  const started = performance.now();
  const tool = join(root, "node_modules", script);
  return new Promise((resolve) => {
    execFile(process.execPath, [tool, ...parameters], { cwd: root, maxBuffer: MAX_OUTPUT }, (error, output, errors) => {
      tell(name, started, error === null, output + errors || String(error));
      resolve(error === null);
    });
  });
}

async function built(): Promise<boolean> {
  const started = performance.now();
  const failure = isStale(root) ? build(root) : null;
  tell("build", started, failure === null, failure ?? "");
  return failure === null;
}

/** One line for a stage, and what a failed one had to say. */
function tell(name: string, started: number, isGood: boolean, output: string): void {
  if (!isGood) console.error(output);
  console.log(`${isGood ? "✓" : "✗ FAILED"} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}

function readCounts(): { passed: number; failed: number; skipped: number } {
  if (!existsSync(RESULTS)) return { passed: 0, failed: 0, skipped: 0 };
  const results = JSON.parse(readFileSync(RESULTS, "utf8")) as Record<string, number>;
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = results;
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/** Windows and macOS ship Chinese fonts; elsewhere fontconfig knows. */
function hasChineseFont(): boolean {
  if (process.platform === "win32" || process.platform === "darwin") return true;
  return spawnSync("fc-list", [":lang=zh", "family"], { encoding: "utf8" }).stdout?.trim().length > 0;
}

function onPath(name: string): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  return folders.some((folder) => endings.some((ending) => existsSync(join(folder, name + ending))));
}
