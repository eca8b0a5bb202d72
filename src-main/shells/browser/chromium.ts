/** The Chromium, Chrome or Edge installed on this machine: found, asked for a PDF, opened as an app window. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const PDF_TIMEOUT_MS = 120_000;
const PDF_NAME = "sheet.pdf";

const linuxNames = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
];
const windowsPaths = [
  "Microsoft\\Edge\\Application\\msedge.exe",
  "Google\\Chrome\\Application\\chrome.exe",
  "Chromium\\Application\\chrome.exe",
];
const macPaths = [
  "Google Chrome.app/Contents/MacOS/Google Chrome",
  "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "Chromium.app/Contents/MacOS/Chromium",
];

/** Flags for every start: no first-run pages, nothing fetched in the background; root has no sandbox on Linux. */
export function quietFlags(): string[] {
  return [
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    // --test-type: no warning bar about the flag before it.
    ...(process.getuid?.() === 0 ? ["--no-sandbox", "--test-type"] : []),
  ];
}

/** Where a Chromium-family browser may be installed, best first. */
function candidates(): string[] {
  const { env, platform } = process;
  if (platform === "win32") {
    const roots = [env["ProgramFiles(x86)"], env.ProgramFiles, env.LOCALAPPDATA].filter((root) => root !== undefined);
    return windowsPaths.flatMap((path) => roots.map((root) => join(root, path)));
  }
  if (platform === "darwin") {
    const roots = ["/Applications", ...(env.HOME ? [join(env.HOME, "Applications")] : [])];
    return macPaths.flatMap((path) => roots.map((root) => join(root, path)));
  }
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  return linuxNames.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Full path of the installed browser, or null. The environment variable LIANXINQIAO_BROWSER overrides the search. */
export function findChromium(): string | null {
  const chosen = process.env.LIANXINQIAO_BROWSER;
  if (chosen) return existsSync(chosen) ? chosen : null;
  return candidates().find((path) => existsSync(path)) ?? null;
}

/**
 * Prints one self-contained HTML document to PDF bytes; paper and margins come from its CSS @page.
 * Runs offline with a throw-away profile. Throws when the browser fails, needs more than two minutes, or is told to stop.
 */
export async function printPdf(executable: string, html: string, signal?: AbortSignal): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "lianxinqiao-print-"));
  try {
    const page = join(folder, "sheet.html");
    const pdf = join(folder, PDF_NAME);
    await writeFile(page, html);
    const parameters = [
      "--headless",
      "--disable-gpu",
      ...quietFlags(),
      "--host-resolver-rules=MAP * ~NOTFOUND",
      `--user-data-dir=${join(folder, "profile")}`,
      "--no-pdf-header-footer",
      `--print-to-pdf=${pdf}`,
      pathToFileURL(page).href,
    ];
    await run(executable, parameters, folder, signal);
    return await readFile(pdf);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/**
 * Runs a program to its end, with `folder` for what it keeps meanwhile; throws with the tail of its error output when it
 * fails or takes too long.
 */
function run(executable: string, parameters: string[], folder: string, stop: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, parameters, {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
      timeout: PDF_TIMEOUT_MS,
      ...(stop ? { signal: stop } : {}),
    });
    let errors = "";
    let cause: Error | undefined;
    child.stderr.on("data", (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-2000);
    });
    // Answered when the program has ended: its profile is then nobody's.
    child.on("error", (error) => {
      cause = error;
    });
    child.on("close", (code, signal) => {
      if (code === 0) resolve();
      else reject(cause ?? new Error(`${executable} ended with ${code ?? signal}: ${errors}`));
    });
  });
}

/** Opens the address as a window without tabs or address bar. The process ends when the window is closed. */
export function openAppWindow(executable: string, url: string, profileDir: string): ChildProcess {
  const parameters = [...quietFlags(), `--user-data-dir=${profileDir}`, "--window-size=1366,768", `--app=${url}`];
  // On Linux the browser's own dialogs (print, save, dates) speak the language of the environment.
  return spawn(executable, parameters, { stdio: "ignore", env: { ...process.env, LANGUAGE: "zh_CN" } });
}
