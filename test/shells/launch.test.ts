/** npm start: its options, when it builds, and how it decides about Electron. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fingerprint, isStale } from "#shells/launch/build.ts";
import { defaultDataFolder } from "#shells/launch/data-folder.ts";
import { installedElectron, isElectronBuiltFor } from "#shells/launch/electron-runtime.ts";
import { parseStartOptions } from "#shells/launch/options.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lianxinqiao-launch-"));
});
afterEach(() => rmSync(root, { recursive: true }));

describe("the options of npm start", () => {
  it("open a window on the user's own data folder when nothing is said", () => {
    const expected = { dataFolder: defaultDataFolder(), port: 0, open: true, browser: false, help: false };
    expect(parseStartOptions([])).toEqual(expected);
  });

  it("take the data folder relative to where the command was given", () => {
    expect(parseStartOptions(["--data", "甲区"])).toMatchObject({ dataFolder: resolve("甲区"), browser: false });
    expect(parseStartOptions(["--data=/srv/甲区"])).toMatchObject({ dataFolder: resolve("/srv/甲区") });
  });

  it("serve to a browser when a port is named or no window is wanted", () => {
    expect(parseStartOptions(["--port", "8123"])).toMatchObject({ port: 8123, open: true, browser: true });
    expect(parseStartOptions(["--no-open", "--port=0"])).toMatchObject({ port: 0, open: false, browser: true });
    expect(parseStartOptions(["--browser"])).toMatchObject({ open: true, browser: true });
  });

  it.each([
    [["--oops"], "不认识的选项“--oops”"],
    [["-x"], "不认识的选项“-x”"],
    [["文件.lxq"], "不认识的参数“文件.lxq”"],
    [["--port", "70000"], "端口“70000”不正确"],
    [["--port", "八千"], "端口“八千”不正确"],
    [["--port=-1"], "端口“-1”不正确"],
    [["--port"], "选项“--port”后面缺少内容"],
    [["--data="], "选项“--data”后面缺少内容"],
    [["--no-open=1"], "选项“--no-open”后面不能有内容"],
  ])("that are wrong are answered in one Chinese line: %j", (parameters, sentence) => {
    const answer = parseStartOptions(parameters);
    expect(answer).toContain(sentence);
    expect(answer).not.toContain("\n");
  });
});

describe("the data folder", () => {
  it("is where each system keeps a user's data", () => {
    expect(defaultDataFolder("linux", {}, "/home/zhang")).toBe("/home/zhang/.local/share/lianxinqiao");
    expect(defaultDataFolder("linux", { XDG_DATA_HOME: "/data" }, "/home/zhang")).toBe("/data/lianxinqiao");
    expect(defaultDataFolder("darwin", {}, "/Users/li")).toBe("/Users/li/Library/Application Support/Lianxinqiao");
    expect(defaultDataFolder("win32", { LOCALAPPDATA: "C:/u/Local" }, "C:/u")).toMatch(/^C:.u.Local.Lianxinqiao$/);
  });
});

describe("building what is stale", () => {
  function source(name: string, text: string): void {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const built = () => source("dist/sources.sha256", fingerprint(root));

  it("builds where nothing was built yet", () => {
    source("src-main/a.ts", "1");
    expect(isStale(root)).toBe(true);
  });

  it("builds nothing when the sources are those that were built, however they got their dates", () => {
    source("src-main/a.ts", "1");
    built();
    source("src-main/a.ts", "1");
    expect(isStale(root)).toBe(false);
  });

  it("builds after a source was changed, added, renamed or removed", () => {
    source("src-main/a.ts", "1");
    source("src-renderer/页.tsx", "2");
    built();
    source("src-main/a.ts", "2");
    expect(isStale(root)).toBe(true);
    source("src-main/a.ts", "1");
    expect(isStale(root)).toBe(false);
    source("migrations/b.ts", "");
    expect(isStale(root)).toBe(true);
    rmSync(join(root, "migrations/b.ts"));
    rmSync(join(root, "src-renderer/页.tsx"));
    expect(isStale(root)).toBe(true);
    source("src-renderer/面.tsx", "2");
    expect(isStale(root)).toBe(true);
  });

  it("does not look at files that are no sources", () => {
    source("src-main/a.ts", "1");
    built();
    source("test/a.test.ts", "1");
    source("README.md", "1");
    expect(isStale(root)).toBe(false);
  });
});

describe("Electron's program", () => {
  it("is missing until its file is there", () => {
    expect(installedElectron(root, {})).toBeNull();
    writeFileSync(join(root, "path.txt"), "electron\n");
    expect(installedElectron(root, {})).toBeNull();
    mkdirSync(join(root, "dist"));
    writeFileSync(join(root, "dist/electron"), "");
    expect(installedElectron(root, {})).toBe(join(root, "dist/electron"));
  });

  it("is known not to exist for computers it is not built for", () => {
    const folder = resolve("node_modules/electron");
    expect(isElectronBuiltFor(folder, "linux", "x64")).toBe(true);
    expect(isElectronBuiltFor(folder, "win32", "arm64")).toBe(true);
    expect(isElectronBuiltFor(folder, "linux", "loong64")).toBe(false);
    expect(isElectronBuiltFor(folder, "freebsd", "x64")).toBe(false);
  });
});
