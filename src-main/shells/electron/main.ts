/** Electron's main process: one window on our page, the core beside it. Everything a clerk does happens in those two. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { app, dialog, session } from "electron";
import { defaultDataFolder, unusableFolderText } from "#shells/launch/data-folder.ts";
import { registerAppScheme, servePage } from "./app-protocol.ts";
import { CoreRefused, startCore } from "./core-host.ts";
import { hardenAllContents, refusePermissions } from "./hardening.ts";
import { acceptCorePorts, answerPickFolder } from "./ipc.ts";
import { setMenu } from "./menu.ts";
import { printPdf } from "./print.ts";
import { askWhereToSave, openWindow, pickFolder } from "./window.ts";

const DATA_OPTION = "--data=";

function dataFolderFrom(parameters: string[]): string {
  const given = parameters.find((parameter) => parameter.startsWith(DATA_OPTION));
  return given === undefined ? defaultDataFolder() : resolve(given.slice(DATA_OPTION.length));
}

async function start(dataFolder: string): Promise<void> {
  const dist = join(app.getAppPath(), "dist");
  servePage(session.defaultSession, join(dist, "renderer"));
  refusePermissions(session.defaultSession);
  askWhereToSave(session.defaultSession);
  setMenu(dataFolder);
  const core = await startCore({ program: join(dist, "main/core-process.js"), dataFolder, printPdf, onCrash });
  acceptCorePorts(core.connect);
  const window = openWindow(join(dist, "preload/preload.cjs"));
  answerPickFolder(() => pickFolder(window));
  app.on("second-instance", () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });

  let closed = false;
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    closed = true;
    void core.close().finally(() => app.quit());
  });
}

/** The window is of no use without the core; what was written is safe in the database. */
function onCrash(): void {
  const choice = dialog.showMessageBoxSync({
    type: "error",
    title: "连心桥",
    message: "数据程序意外停止。已保存的数据不受影响，没有保存的输入需要重新填写。",
    buttons: ["重新启动", "退出"],
    noLink: true,
  });
  if (choice === 0) app.relaunch();
  app.exit(1);
}

function giveUp(error: unknown): void {
  console.error(error);
  dialog.showErrorBox(
    "连心桥无法启动",
    error instanceof CoreRefused ? error.message : "程序启动失败，请联系技术人员。",
  );
  app.exit(1);
}

/**
 * Makes the data folder, readable by its user only, and keeps browser caches in it: the single-instance lock is then
 * one per data folder, as three offices of a drill need.
 */
function openDataFolder(): string {
  const dataFolder = dataFolderFrom(process.argv);
  const browserData = join(dataFolder, "window");
  try {
    mkdirSync(browserData, { recursive: true, mode: 0o700 });
  } catch {
    throw new CoreRefused(unusableFolderText(dataFolder));
  }
  app.setPath("userData", browserData);
  return dataFolder;
}

function run(): void {
  app.commandLine.appendSwitch("lang", "zh-CN");
  app.enableSandbox();
  registerAppScheme();
  hardenAllContents();
  app.on("window-all-closed", () => app.quit());
  const dataFolder = openDataFolder();
  // Not awaited at top level: Electron becomes ready only after this module has run.
  if (app.requestSingleInstanceLock())
    app
      .whenReady()
      .then(() => start(dataFolder))
      .catch(giveUp);
  else app.quit();
}

try {
  run();
} catch (error) {
  giveUp(error);
}
