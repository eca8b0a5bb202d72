/** How the benchmark measures and prints its figures. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function report(name: string, figure: string): void {
  console.log(`${name.padEnd(16, "　")} ${figure}`);
}

/** What has been judged in this run, as it was printed: for the line of JSON at its end. */
export const judged: { name: string; figure: string; target: string; met: boolean }[] = [];

/** A figure with its target, and whether it was met. */
export function judge(name: string, figure: string, target: string, met: boolean): void {
  judged.push({ name, figure, target, met });
  report(name, `${figure}　目标 ${target}　${met ? "达标" : "未达标"}`);
}

export type Spent = { seconds: number; cpu: number };

/** Runs `work`; returns its result with wall-clock and processor seconds. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ result: T } & Spent> {
  const [started, cpuBefore] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  return { result, seconds: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
}

export function rateOf(records: number, { seconds, cpu }: Spent): string {
  return `每秒 ${Math.round(records / seconds)} 条（${seconds.toFixed(1)} s，处理器 ${cpu.toFixed(1)} s）`;
}

/** What another command of this program prints. */
export function runSelf(...command: string[]): string {
  return runSelfWith([], ...command);
}

/** The same with options for Node. */
export function runSelfWith(options: readonly string[], ...command: string[]): string {
  const cli = join(import.meta.dirname, "../cli.js");
  const { stdout, stderr, status } = spawnSync(process.execPath, [...options, cli, ...command], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command[0]} failed: ${stderr}`);
  return stdout;
}

/** The most memory that this process has held. Linux counts the parent's into maxRSS, but not into VmHWM. */
export function peakMemoryMb(): number {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1];
  return (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes)) / 1024;
}

export function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
