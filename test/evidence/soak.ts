/**
 * npm run test:soak: the evidence at its large size, in the order of files, two at a time. Options (after `--`):
 *
 *   --scale 0.01    a part of the large numbers      --minutes 30   at most so long for each harness
 *   --seed 7        another first seed               --resume       go on where the last run ended
 *   --only killed   only test files with this name   --report       write test/evidence/SOAK.md
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Result } from "./settings.ts";

const root = join(import.meta.dirname, "../..");
const results = join(root, ".cache/evidence/results");
const { values: options } = parseArgs({
  options: {
    scale: { type: "string", default: "1" },
    minutes: { type: "string" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    resume: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
  },
});

if (!options.resume) rmSync(results, { recursive: true, force: true });
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).stdout.trim();
const { status } = spawnSync(process.execPath, [vitest, "run", `test/evidence/${options.only}`], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    EVIDENCE: "soak",
    EVIDENCE_SCALE: options.scale,
    EVIDENCE_OUT: results,
    EVIDENCE_COMMIT: commit,
    SEED: options.seed,
    ...(options.minutes ? { EVIDENCE_MINUTES: options.minutes } : {}),
    ...(options.resume ? { EVIDENCE_RESUME: "1" } : {}),
  },
});
const text = reportText(readResults(), status === 0);
console.log(text);
if (options.report) writeFileSync(join(root, "test/evidence/SOAK.md"), text);
process.exit(status ?? 1);

function readResults(): Result[] {
  if (!existsSync(results)) return [];
  const files = readdirSync(results).sort();
  return files.map((file) => JSON.parse(readFileSync(join(results, file), "utf8")) as Result);
}

function reportText(found: readonly Result[], isGood: boolean): string {
  const { model } = cpus()[0] ?? { model: "unknown processor" };
  const machine = `${model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}`;
  const lines = [
    "# Soak",
    "",
    `Written by \`npm run test:soak -- --report\` on ${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${machine}.`,
    `The tests of the last run (${options.only || "all"}): ${isGood ? "passed" : "NOT ALL PASSED"}.`,
    ...(found.some(({ done, wanted }) => done < wanted) ? ["Not finished: `--resume` goes on."] : []),
    "",
    "| evidence | done | of | seeds | failed | minutes | of commit |",
    "| --- | ---: | ---: | --- | ---: | ---: | --- |",
    ...found.map(row),
    "",
    ...found.flatMap(({ name, tally }) => (Object.keys(tally).length > 0 ? [`- ${name}: ${counted(tally)}`] : [])),
    ...found.flatMap(({ name, failures }) => listed(`Failures of ${name}`, failures)),
    ...found.flatMap(({ name, mended }) => listed(`Failed at an earlier commit, of ${name}`, mended ?? [])),
  ];
  return `${lines.join("\n")}\n`;
}

function row({ name, wanted, done, seeds, failures, mended, seconds, commits, notRun }: Result): string {
  if (notRun) return `| ${name} | not run: ${notRun} | | | | |`;
  return `| ${name} | ${done} | ${wanted} | ${seeds} | ${failures.length + (mended?.length ?? 0)} | ${(seconds / 60).toFixed(1)} | ${commits.join(", ")} |`;
}

function counted(tally: Record<string, number>): string {
  return Object.entries(tally)
    .map(([what, count]) => `${what} ${count}`)
    .join(", ");
}

function listed(title: string, failures: readonly string[]): string[] {
  return failures.length === 0
    ? []
    : ["", `## ${title}`, "", ...failures.map((failure) => `- ${failure.split("\n")[0]}`)];
}
