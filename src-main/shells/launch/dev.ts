/**
 * npm run dev: the browser shell straight from the sources, on data of its own in .cache/dev-data. The page updates
 * in place (Vite's HMR); a change under src-main or migrations restarts the core behind the same address.
 */
import { join } from "node:path";
import { createServer, isRunnableDevEnvironment } from "vite";
import type * as BrowserMain from "#shells/browser/main.ts";
import type { Pages } from "#shells/browser/server.ts";
import { optionsOrExit } from "./options.ts";

const root = join(import.meta.dirname, "../../..");
/** Editors save several files at once. */
const RESTART_DELAY_MS = 200;

const options = optionsOrExit(join(root, ".cache/dev-data"));

const vite = await createServer({
  configFile: join(root, "vite.config.ts"),
  appType: "spa",
  server: { middlewareMode: true },
});
const { main } = vite.environments;
if (main === undefined || !isRunnableDevEnvironment(main)) throw new Error("vite.config.ts has no environment main");
const { runner } = main;

const load = () => runner.import<typeof BrowserMain>(join(root, "src-main/shells/browser/main.ts"));

/** Vite's pages bring inline scripts of their own, which the policy of the built page forbids. */
const pages: Pages = (request, response) => {
  response.removeHeader("Content-Security-Policy");
  vite.middlewares(request, response);
};
// One doorkeeper for all restarts: a window that was let in stays so.
const doorkeeper = (await load()).createDoorkeeper();
let { port } = options;
let shell: BrowserMain.BrowserShell | null = null;

async function restart(): Promise<void> {
  try {
    await shell?.close();
    shell = null;
    runner.clearCache();
    shell = await (await load()).startBrowserShell({ dataFolder: options.dataFolder, port, pages, doorkeeper });
    port = Number(new URL(shell.origin).port);
    console.log(`${new Date().toLocaleTimeString("zh-CN")} 内核已启动`);
  } catch (error) {
    console.error(error);
  }
}

await restart();
if (shell === null) process.exit(1);
console.log(`开发方式运行中，请用浏览器打开：${(shell as BrowserMain.BrowserShell).openUrl}`);

let timer: NodeJS.Timeout | undefined;
const coreFolders = [join(root, "src-main"), join(root, "migrations")];
vite.watcher.add(coreFolders);
vite.watcher.on("all", (_event, path) => {
  if (!coreFolders.some((folder) => path.startsWith(folder))) return;
  clearTimeout(timer);
  timer = setTimeout(restart, RESTART_DELAY_MS);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, async () => {
    await shell?.close();
    await vite.close();
    process.exit(0);
  });
}
