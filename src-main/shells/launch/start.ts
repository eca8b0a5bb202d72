/** npm start: builds what is stale, then opens the program in Electron, or else in a browser window on loopback. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findChromium, openAppWindow } from "#shells/browser/chromium.ts";
import type { BrowserShell, startBrowserShell } from "#shells/browser/main.ts";
import { buildIfStale } from "./build.ts";
import { unusableFolderText } from "./data-folder.ts";
import { findElectron, installedElectron } from "./electron-runtime.ts";
import { optionsOrExit, type StartOptions } from "./options.ts";

const root = join(import.meta.dirname, "../../..");
/** A browser that ends sooner than this has handed over to one already running, or could not start. */
const WINDOW_LIVES_MS = 5000;

const options = optionsOrExit();
buildIfStale(root);
const electron = options.browser ? null : await chooseElectron();
if (electron === null) await runBrowserShell(options);
else runElectron(electron, options);

/** Electron's path, or null after saying in one line why a browser is used instead. */
async function chooseElectron(): Promise<string | null> {
  if (!hasDisplay()) {
    const lacks = installedElectron(join(root, "node_modules/electron")) === null ? "，也没有 Electron 运行环境" : "";
    console.log(`没有图形显示${lacks}，改用浏览器方式运行。`);
    return null;
  }
  const runtime = await findElectron(root, console.log);
  if ("path" in runtime) return runtime.path;
  console.log(`没有 Electron 运行环境（${runtime.missing}），改用浏览器窗口打开。`);
  return null;
}

function hasDisplay(): boolean {
  const { platform, env } = process;
  return platform === "win32" || platform === "darwin" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

function runElectron(path: string, { dataFolder }: StartOptions): void {
  const sandbox = process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(path, [...sandbox, root, `--data=${dataFolder}`], { stdio: "inherit" });
  child.on("error", (error) => {
    console.error(`Electron 无法启动（${error.message}）。请用 npm start -- --browser 打开。`);
    process.exit(1);
  });
  child.on("exit", (code) => process.exit(code ?? 1));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
}

async function runBrowserShell({ dataFolder, port, open }: StartOptions): Promise<void> {
  const shell = await openShell(dataFolder, port);
  let window: ChildProcess | null = null;
  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    window?.kill();
    await shell.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, close);

  const browser = open && hasDisplay() ? findChromium() : null;
  if (browser !== null) {
    window = openWindow(browser, shell.openUrl, join(dataFolder, "browser-profile"), close);
    return;
  }
  if (open && hasDisplay()) console.log("没有找到 Chromium、Chrome 或 Edge，请自行用浏览器打开下面的地址。");
  printAddress(shell.openUrl);
}

/** The built shell, opened; ends the process with a Chinese sentence when the database or the port is in use. */
async function openShell(dataFolder: string, port: number): Promise<BrowserShell> {
  const program = pathToFileURL(join(root, "dist/main/browser.js")).href;
  const built = (await import(program)) as { startBrowserShell: typeof startBrowserShell };
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    return await built.startBrowserShell({ dataFolder, port });
  } catch (error) {
    console.error(openingFailure(error, dataFolder, port));
    return process.exit(1);
  }
}

function openingFailure(error: unknown, dataFolder: string, port: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "Failure") return error.message;
  const code = "code" in error ? error.code : "";
  if (code === "EADDRINUSE") return `端口 ${port} 已被别的程序占用。请换一个端口，或去掉 --port。`;
  if (code === "EACCES" && "syscall" in error && error.syscall === "listen") {
    return `没有权限使用端口 ${port}，请换一个端口。`;
  }
  if (["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(String(code))) {
    return unusableFolderText(dataFolder);
  }
  return `程序启动失败。请把以下内容交给技术人员：\n${error.stack}`;
}

/** Opens the window; closing it ends the program, as clerks expect of a window. */
function openWindow(browser: string, url: string, profile: string, close: () => Promise<void>): ChildProcess {
  const started = performance.now();
  const child = openAppWindow(browser, url, profile);
  console.log("连心桥已在浏览器窗口中打开。关闭窗口即退出程序。");
  child.on("error", () => printAddress(url));
  child.on("exit", () => {
    if (performance.now() - started > WINDOW_LIVES_MS) close();
    else printAddress(url);
  });
  return child;
}

function printAddress(url: string): void {
  console.log(`连心桥正在运行，请用本机浏览器打开：${url}\n（地址只能使用一次；按 Ctrl+C 退出）`);
}
