/**
 * Electron's program file. Its npm package downloads it on first use (about 110 MB), which may hang or fail on a
 * computer without network; here that is decided within seconds.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a computer may take to show that it reaches the download server. */
const REACH_TIMEOUT_MS = 4000;
const DEFAULT_MIRROR = "https://github.com/electron/electron/releases/download/";

/** The path of the program, or why there is none, to be put in brackets: "没有网络". */
export type ElectronRuntime = { path: string } | { missing: string };

/** The installed program without trying to download it; null when it is not there. */
export function installedElectron(folder: string, env: NodeJS.ProcessEnv = process.env): string | null {
  // Written last by the installer: without it an unpacking was cut off.
  const name = readText(join(folder, "path.txt"));
  if (name === null) return null;
  const path = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, "dist"), name);
  return existsSync(path) ? path : null;
}

/** Whether Electron is built for this kind of computer at all: its package lists the checksums of every build. */
export function isElectronBuiltFor(folder: string, platform: string, arch: string): boolean {
  const checksums = JSON.parse(readText(join(folder, "checksums.json")) ?? "{}") as Record<string, string>;
  const { version } = JSON.parse(readText(join(folder, "package.json")) ?? "{}") as { version?: string };
  return `electron-v${version}-${platform}-${arch}.zip` in checksums;
}

/** Finds Electron, downloading it where that is possible; `say` is told when a long download begins. */
export async function findElectron(root: string, say: (line: string) => void): Promise<ElectronRuntime> {
  const folder = join(root, "node_modules/electron");
  const installed = installedElectron(folder);
  if (installed !== null) return { path: installed };
  if (!existsSync(join(folder, "install.js"))) return { missing: "没有安装" };
  if (!isElectronBuiltFor(folder, process.platform, process.arch)) {
    return { missing: `没有适用于 ${process.platform}-${process.arch} 的版本` };
  }
  await download(folder, say);
  const downloaded = installedElectron(folder);
  return downloaded === null ? { missing: "下载不到" } : { path: downloaded };
}

/**
 * Runs the package's own installer (it knows its cache, mirrors and checksums). Where the server cannot be reached
 * it gets a few seconds to find a copy in its cache, and a minute to unpack one.
 */
async function download(folder: string, say: (line: string) => void): Promise<void> {
  const installer = spawn(process.execPath, [join(folder, "install.js")], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => {
    installer.once("exit", () => resolve());
    installer.once("error", () => resolve());
  });
  const endsWithin = (ms: number) => Promise.race([ended.then(() => true), sleep(ms, false)]);
  if (await isServerReached(REACH_TIMEOUT_MS)) {
    if (!(await endsWithin(100)))
      say("正在下载 Electron 运行环境（约 110 MB，只需一次；也可按 Ctrl+C 中断，改用 --browser）……");
    await ended;
    return;
  }
  const done = (await endsWithin(REACH_TIMEOUT_MS)) || (existsSync(join(folder, "dist")) && (await endsWithin(60_000)));
  if (!done) installer.kill();
}

async function isServerReached(timeout: number): Promise<boolean> {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? DEFAULT_MIRROR;
  try {
    await fetch(mirror, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(timeout) });
    return true;
  } catch {
    return false;
  }
}

function readText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8").trim() : null;
}
