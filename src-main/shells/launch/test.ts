/** npm test: what the tests need, then types, lint, unused code, the build and every test. Ends with the counts. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findChromium } from "#shells/browser/chromium.ts";
import { build, isStale } from "./build.ts";

const root = join(import.meta.dirname, "../../..");
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
let failedStages = 0;
stage("types", () => runTool("typescript/bin/tsc", ["-b"]));
stage("lint", () => runTool("@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]));
stage("unused code", () => runTool("knip/bin/knip.js", []));
stage("build", buildPrograms);
rmSync(RESULTS, { force: true });
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${RESULTS}`];
const testsPassed = runTool("vitest/vitest.mjs", ["run", ...reporters]);
const counts = readCounts();
// A test file that cannot be loaded fails the run without failing a test.
const failed = failedStages + (testsPassed ? counts.failed : Math.max(1, counts.failed));
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

function stage(name: string, run: () => boolean): void {
  const started = performance.now();
  const isGood = run();
  if (!isGood) failedStages += 1;
  console.log(`${isGood ? "✓" : "✗ FAILED"} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}

/** Runs a tool of node_modules with this Node; true when it succeeded. */
function runTool(script: string, parameters: string[]): boolean {
  const tool = join(root, "node_modules", script);
  return spawnSync(process.execPath, [tool, ...parameters], { cwd: root, stdio: "inherit" }).status === 0;
}

function buildPrograms(): boolean {
  const failure = isStale(root) ? build(root) : null;
  if (failure !== null) console.error(failure);
  return failure === null;
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
