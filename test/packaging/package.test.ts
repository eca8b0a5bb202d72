/** The package: built by electron-builder on a stand-in Electron, opened, and booted. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { extractAll, listPackage } from "@electron/asar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtRoot } from "../shells/built.ts";
import { bootElectron } from "../shells/electron/boot.ts";
import { makeLargeBundle, unpack } from "../sync/large-bundle.ts";
import { readFuses, writeFakeElectron } from "./fake-electron.ts";

describe("the package", () => {
  let folder: string;
  let program: string;
  let files: string[];

  beforeAll(async () => {
    const root = builtRoot();
    folder = mkdtempSync(join(tmpdir(), "lianxinqiao-package-"));
    await writeFakeElectron(join(folder, "electron"));
    const settings = [`-c.electronDist=${join(folder, "electron")}`, `-c.directories.output=${join(folder, "out")}`];
    const parameters = [join(root, "node_modules/electron-builder/cli.js"), "--linux", "dir", "--x64", ...settings];
    await promisify(execFile)(process.execPath, parameters, { cwd: root });
    program = join(folder, "out/linux-unpacked");
    files = listPackage(join(program, "resources/app.asar"), { isPack: false });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("holds the built program and its description", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "/package.json",
        "/dist/main/electron.js",
        "/dist/main/core-process.js",
        "/dist/main/import-worker.js",
        "/dist/preload/preload.cjs",
        "/dist/renderer/index.html",
      ]),
    );
  });

  it("holds one package, the database, with this system's binary outside the archive", () => {
    const packages = new Set(files.map((file) => /^\/node_modules\/([^/]+)/.exec(file)?.[1]).filter(Boolean));
    expect([...packages]).toEqual(["better-sqlite3"]);
    const binary = "node_modules/better-sqlite3/prebuilds/linux-x64.node";
    expect(existsSync(join(program, "resources/app.asar.unpacked", binary))).toBe(true);
    expect(files.filter((file) => /prebuilds\/(win32|darwin)/.test(file))).toEqual([]);
  });

  it("holds no sources, tests, maps or other shells", () => {
    const strays = files.filter((file) =>
      /\.(tsx?|map|cpp|[ch])$|^\/(src-main|src-renderer|test|migrations|demo-out)|\/(browser|cli)\.js$|sha256/.test(
        file,
      ),
    );
    expect(strays).toEqual([]);
    expect(new Set(files.map((file) => file.split("/")[1]))).toEqual(new Set(["dist", "node_modules", "package.json"]));
  });

  it("switches off what would let another program run inside it", () => {
    const [runAsNode, cookieEncryption, nodeOptions, inspect, integrity, onlyAsar, , fileAccess] = readFuses(
      readFileSync(join(program, "lianxinqiao")),
    );
    expect({ runAsNode, nodeOptions, inspect, fileAccess }).toEqual({
      runAsNode: false,
      nodeOptions: false,
      inspect: false,
      fileAccess: false,
    });
    expect({ cookieEncryption, integrity, onlyAsar }).toEqual({
      cookieEncryption: true,
      integrity: true,
      onlyAsar: true,
    });
  });

  it("boots from its own files alone", async () => {
    const app = join(folder, "app");
    extractAll(join(program, "resources/app.asar"), app);
    const { boot, exitCode } = await bootElectron("boot", app, join(folder, "data"));
    expect(exitCode).toBeNull();
    expect(boot?.state).toMatchObject({ shell: "electron", office: null });
    expect(boot?.answers[0]).toMatchObject({ status: 200, isOurPage: true });
  });

  it("imports a large bundle in a thread of its own", async () => {
    const app = join(folder, "app");
    if (!existsSync(app)) extractAll(join(program, "resources/app.asar"), app);
    const bundle = await makeLargeBundle(400);
    const file = join(folder, bundle.fileName);
    writeFileSync(file, bundle.bytes);
    const { imported } = await bootElectron("import", app, unpack(bundle), file);
    expect(imported?.report).toMatchObject({ outcome: "applied", added: bundle.records });
    expect(imported?.phases).toEqual(expect.arrayContaining(["check", "merge"]));
  });
});
