/** The real built Electron program, booted in Node under a stubbed "electron". */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCore } from "#core/create-core.ts";
import { failureText } from "#domain/failure.ts";
import { builtRoot } from "./built.ts";
import { bootElectron } from "./electron/boot.ts";

describe("the Electron shell", () => {
  let root: string;
  let folder: string;
  let facts: Awaited<ReturnType<typeof bootElectron>>;
  let boot: NonNullable<typeof facts.boot>;

  beforeAll(async () => {
    root = builtRoot();
    folder = mkdtempSync(join(tmpdir(), "lianxinqiao-electron-"));
    facts = await bootElectron("boot", root, join(folder, "data"));
    if (facts.boot === null) throw new Error("no facts");
    boot = facts.boot;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("opens one locked-down window on its own origin", () => {
    expect(boot.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      preload: join(root, "dist/preload/preload.cjs"),
    });
    expect(boot.loaded).toEqual(["app://lianxinqiao/"]);
    expect(boot.shown).toBe(true);
    expect(facts.sandboxed).toBe(true);
  });

  it("names its scheme standard and secure before Electron is ready", () => {
    expect(facts.schemesBeforeReady).toBe(1);
    expect(facts.schemes).toMatchObject([{ scheme: "app", privileges: { standard: true, secure: true } }]);
  });

  it("serves the built page, under its policy, and nothing else", () => {
    const [page, screen, ...others] = boot.answers;
    expect(page).toMatchObject({ status: 200, isOurPage: true });
    expect(screen).toMatchObject({ status: 200, isOurPage: true });
    expect(others.map(({ status, size }) => [status, size])).toEqual([
      [404, 0],
      [404, 0],
      [404, 0],
    ]);
    for (const { policy } of boot.answers) {
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).not.toContain("unsafe-eval");
    }
  });

  it("gives the page the folder dialog and nothing more", () => {
    expect(boot.exposed).toEqual([["lianxinqiao", ["pickFolder"]]]);
    expect(boot.picked).toBe("/media/usb");
    expect(boot.pickedNothing).toBeNull();
  });

  it("connects the page to the core in its own process, on the chosen data folder", () => {
    expect(facts.forks).toEqual([[join(root, "dist/main/core-process.js"), join(folder, "data")]]);
    expect(boot.state).toMatchObject({ shell: "electron", dataFolder: join(folder, "data"), office: null });
    expect(boot.state.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("answers no sender but the top frame of its own page", () => {
    expect(boot.strangers).toHaveLength(5);
    for (const { folder: answer, connects } of boot.strangers) {
      expect(answer).toContain("not sent by our page");
      expect(connects).toBe(false);
    }
    expect(boot.foreignWindowConnects).toBe(false);
  });

  it("refuses every permission and device but the copying of text", () => {
    const granted = boot.permissions.filter(([, asked, checked]) => asked === true || checked === true);
    expect(granted).toEqual([["clipboard-sanitized-write", true, true]]);
    expect(boot.permissions).toHaveLength(6);
    expect(boot.device).toBe(false);
  });

  it("opens no window and leaves its page for no other address", () => {
    expect(boot.windowOpen).toBe("deny");
    expect(boot.redirectPrevented).toBe(true);
    expect(boot.webviewPrevented).toBe(true);
    expect(boot.navigations).toEqual([
      ["app://lianxinqiao/nodes", true, false],
      ["https://example.com/", true, true],
      ["file:///etc/passwd", true, true],
      ["app://lianxinqiao.example/", true, true],
      ["about:srcdoc", true, true],
      ["blob:app://lianxinqiao/1", false, false],
      ["about:srcdoc", false, false],
      ["https://example.com/", false, true],
    ]);
  });

  it("prints a sheet in a hidden window that runs no script and reaches nothing", () => {
    const { sheet } = boot;
    expect(sheet).toMatchObject({
      id: 7,
      served: "<title>进度表</title>",
      isOwnSession: true,
      shown: false,
      destroyed: true,
    });
    expect(sheet.webPreferences).toMatchObject({ javascript: false, sandbox: true, contextIsolation: true });
    expect(sheet.policy).toContain("default-src 'none'");
    expect(sheet.pdf).toContain('"preferCSSPageSize":true');
  });

  it("has a Chinese menu", () => {
    const labels = facts.menu.map((entry) => (entry as { label: string }).label.slice(0, 2));
    expect(labels).toEqual(["文件", "编辑", "视图", "帮助"]);
  });

  it("closes the database before it quits", async () => {
    expect(boot.isQuitPostponed).toBe(true);
    const core = await openCore({ dataFolder: join(folder, "data"), version: "0", shell: "browser", printPdf: null });
    core.close();
  });

  it("leaves a second start on the same data to the first", async () => {
    const second = await bootElectron("second", root, join(folder, "data"));
    expect(second.paths.userData).toBe(join(folder, "data/window"));
    expect(second).toMatchObject({ windows: 0, forks: [], quits: 1 });
  });

  it("says so in Chinese and ends when the database is in use", async () => {
    const dataFolder = join(folder, "busy");
    const core = await openCore({ dataFolder, version: "0", shell: "browser", printPdf: null });
    const refused = await bootElectron("refused", root, dataFolder);
    core.close();
    expect(refused).toMatchObject({ windows: 0, exitCode: 1 });
    expect(refused.errorBoxes.join()).toContain(failureText("database_busy"));
  });

  it("says so in Chinese and ends when the data folder cannot be made", async () => {
    const dataFolder = join(folder, "file");
    writeFileSync(dataFolder, "a file");
    const refused = await bootElectron("refused", root, dataFolder);
    expect(refused).toMatchObject({ windows: 0, exitCode: 1, forks: [] });
    expect(refused.errorBoxes.join()).toContain(`数据文件夹“${dataFolder}”不能写入`);
  });
});
