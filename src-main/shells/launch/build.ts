/** Builds dist/ when the sources differ from those it was built from. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** What the build reads, relative to the project's folder. */
const SOURCES = ["src-main", "src-renderer", "migrations", "package.json", "package-lock.json", "vite.config.ts"];
const STAMP = "dist/sources.sha256";

/** Files of the given folders and files, sorted, with "/" on every system. Missing ones are left out. */
export function listFiles(root: string, names: string[]): string[] {
  return names
    .flatMap((name) => {
      const path = join(root, name);
      if (!existsSync(path)) return [];
      if (!statSync(path).isDirectory()) return [name];
      const entries = readdirSync(path, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)));
    })
    .map((name) => name.split(sep).join("/"))
    .sort();
}

/** One hash over names and contents of all sources; the same on every machine for the same sources. */
export function fingerprint(root: string, names: string[] = SOURCES): string {
  const hash = createHash("sha256");
  for (const file of listFiles(root, names)) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Whether dist/ was built from other sources, or not at all. */
export function isStale(root: string): boolean {
  const stamp = join(root, STAMP);
  return !existsSync(stamp) || readFileSync(stamp, "utf8") !== fingerprint(root);
}

/** Builds everything. Null when it worked, else the build's own output. */
export function build(root: string): string | null {
  const stamp = fingerprint(root);
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) return `${error?.message ?? ""}${stdout ?? ""}${stderr ?? ""}`;
  writeFileSync(join(root, STAMP), stamp);
  return null;
}

/** Builds when stale, saying so in one line; ends the process with exit code 1 when the build fails. */
export function buildIfStale(root: string): void {
  if (!existsSync(join(root, "node_modules/vite"))) {
    console.error("还没有安装依赖，请先运行 npm ci。");
    process.exit(1);
  }
  if (!isStale(root)) return;
  process.stdout.write(existsSync(join(root, STAMP)) ? "程序有更新，正在构建……" : "首次运行，正在构建……");
  const started = performance.now();
  const failure = build(root);
  if (failure === null) {
    console.log(`完成（${((performance.now() - started) / 1000).toFixed(1)} 秒）`);
    return;
  }
  console.error(`失败。请把以下内容交给技术人员：\n${failure}`);
  process.exit(1);
}
