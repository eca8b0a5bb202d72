/**
 * Boots the built main process of an app folder under the stub and prints, as JSON, what it did.
 * Parameters: scenario (boot, second, refused, import), app folder, data folder, bundle to import.
 */
import type { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { MessageChannel } from "node:worker_threads";
import type { ImportReport } from "#contract/exchange.ts";
import { CORE_PORT_MESSAGE } from "#contract/shell-bridge.ts";
import { type Frame, openPage, ourFrame } from "./page.ts";
import { app, record, scene, session } from "./stub.ts";

/** Senders that are not our page's top frame. */
const strangers: (Frame | null)[] = [
  null,
  { url: "https://example.com/", parent: null },
  { url: "app://lianxinqiao.example/", parent: null },
  { url: "file:///etc/passwd", parent: null },
  { url: "app://lianxinqiao/", parent: ourFrame },
];
const addresses = [
  "app://lianxinqiao/",
  "app://lianxinqiao/projects/1",
  "app://example/",
  "app://lianxinqiao/..%2fmain/electron.js",
  "app://lianxinqiao/missing.js",
];
const permissions = [
  "media",
  "geolocation",
  "notifications",
  "clipboard-read",
  "openExternal",
  "clipboard-sanitized-write",
];
const navigations: [url: string, isMainFrame: boolean][] = [
  ["app://lianxinqiao/nodes", true],
  ["https://example.com/", true],
  ["file:///etc/passwd", true],
  ["app://lianxinqiao.example/", true],
  ["about:srcdoc", true],
  ["blob:app://lianxinqiao/1", false],
  ["about:srcdoc", false],
  ["https://example.com/", false],
];

const [scenario = "", appPath = "", dataFolder = "", bundle = ""] = process.argv.slice(2);
process.argv = ["electron", appPath, `--data=${dataFolder}`];
scene.appPath = appPath;
scene.hasLock = scenario !== "second";
await import(pathToFileURL(join(appPath, "dist/main/electron.js")).href);
const schemesBeforeReady = record.schemes.length;
await until(() => scenario === "second" || record.windows.length > 0 || record.exitCode !== null);
const facts = {
  ...summary(),
  boot: scenario === "boot" ? await bootFacts() : null,
  imported: scenario === "import" ? await importFacts() : null,
};
export type DriverFacts = typeof facts;
console.log(JSON.stringify(facts));
process.exit(0);

/** What holds in every scenario. */
function summary() {
  const { exitCode, errorBoxes, forks, menu, paths, quits, sandboxed, schemes, windows } = record;
  return {
    exitCode,
    errorBoxes,
    forks,
    menu,
    paths,
    quits,
    sandboxed,
    schemes,
    schemesBeforeReady,
    windows: windows.length,
  };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !condition(); tries += 1) await sleep(50);
  if (!condition()) throw new Error("the program did not get there");
}

async function bootFacts() {
  const [window] = record.windows;
  if (window === undefined) throw new Error("no window");
  const page = openPage();
  const state = await page.connect().setup.state();
  const { contents, asked } = { contents: window.webContents, asked: session.defaultSession };
  scene.pickedFolder = "/media/usb";
  const picked = await page.bridge.pickFolder();
  scene.pickedFolder = null;
  const exposed = Object.entries(page.exposed).map(([name, bridge]) => [name, Object.keys(bridge as object)]);
  const facts = {
    webPreferences: window.options.webPreferences,
    loaded: window.loaded,
    shown: window.shown,
    exposed,
    state,
    picked,
    pickedNothing: await page.bridge.pickFolder(),
    strangers: await Promise.all(strangers.map(probeStranger)),
    foreignWindowConnects: connects(openPage(), {}),
    answers: await Promise.all(addresses.map(fetchPage)),
    permissions: permissions.map((name) => [name, askPermission(name), asked.checkPermission?.(null, name)]),
    device: asked.allowDevice?.(),
    windowOpen: contents.openWindow({ url: "https://example.com" }).action,
    navigations: navigations.map(([url, isMainFrame]) => [
      url,
      isMainFrame,
      isPrevented(contents, "will-frame-navigate", { url, isMainFrame }),
    ]),
    redirectPrevented: isPrevented(contents, "will-redirect", {}),
    webviewPrevented: isPrevented(contents, "will-attach-webview", {}),
    sheet: await printSheet(),
  };
  const isQuitPostponed = isPrevented(app, "before-quit", {});
  await until(() => record.quits > 0);
  return { ...facts, isQuitPostponed };
}

/** Imports the bundle as the page does, watching how far it is. */
async function importFacts() {
  const call = openPage().connect();
  const { people } = await call.setup.state();
  await call.setup.choosePerson({ personId: people[0]?.id ?? "" });
  const phases = new Set<string>();
  let report: ImportReport | null = null;
  const importing = call.exchange.import({ file: new File([readFileSync(bundle)], basename(bundle)) });
  void importing.then((made) => {
    report = made;
  });
  while (report === null) for await (const step of await call.exchange.importing()) if (step) phases.add(step.phase);
  return { report: await importing, phases: [...phases] };
}

function isPrevented(target: EventEmitter, event: string, details: object): boolean {
  let prevented = false;
  const preventDefault = () => {
    prevented = true;
  };
  target.emit(event, { ...details, preventDefault });
  return prevented;
}

async function probeStranger(frame: Frame | null) {
  const page = openPage(frame);
  const folder = await page.bridge.pickFolder().catch((error: unknown) => String(error));
  return { url: frame?.url ?? null, folder, connects: connects(page) };
}

/** Whether a port posted to the page's window is passed to the core; `source` is who posted it, itself by default. */
function connects(page: ReturnType<typeof openPage>, source?: object): boolean {
  const before = record.toCore.length;
  page.post(CORE_PORT_MESSAGE, [new MessageChannel().port2], source);
  return record.toCore.length > before;
}

async function fetchPage(url: string) {
  const response = await session.defaultSession.handlers.get("app")?.(new Request(url));
  const { status, headers } = response ?? Response.error();
  const text = (await response?.text()) ?? "";
  return {
    url,
    status,
    policy: headers.get("content-security-policy"),
    isOurPage: text.includes("连心桥"),
    size: text.length,
  };
}

function askPermission(name: string): boolean | null {
  let answer: boolean | null = null;
  session.defaultSession.requestPermission?.(null, name, (granted) => {
    answer = granted;
  });
  return answer;
}

/** Plays the core that wants a PDF; returns what the main process did for it. */
async function printSheet() {
  const html = "<title>进度表</title>";
  record.cores[0]?.emit("message", { kind: "print", id: 7, html });
  await until(() => record.toCore.some((message) => (message as { kind: string }).kind === "printed"));
  const printed = record.toCore.at(-1) as { id: number; pdf: Uint8Array };
  const window = record.windows.at(-1);
  const { session: own, ...webPreferences } = window?.options.webPreferences ?? {};
  const response = await own?.handlers.get("app")?.(new Request("app://lianxinqiao/"));
  return {
    id: printed.id,
    pdf: Buffer.from(printed.pdf).toString(),
    webPreferences,
    isOwnSession: own !== undefined && own !== session.defaultSession,
    served: await response?.text(),
    policy: response?.headers.get("content-security-policy"),
    destroyed: window?.destroyed,
    shown: window?.shown,
  };
}
