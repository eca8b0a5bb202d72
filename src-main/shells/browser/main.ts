/** The browser shell: the core behind a loopback server. Built to dist/main/browser.js; npm start and the tests call it. */
import { join } from "node:path";
import { openCore } from "#core/create-core.ts";
import { VERSION } from "#shells/version.ts";
import { findChromium, printPdf } from "./chromium.ts";
import { createDoorkeeper, type Doorkeeper } from "./doorkeeper.ts";
import { readLastPort, writeLastPort } from "./last-port.ts";
import { builtPages, type Pages, startServer } from "./server.ts";

export { createDoorkeeper };

export type BrowserShellOptions = {
  dataFolder: string;
  /** 0 picks the port of the last start, or else any free port. */
  port: number;
  /** Where pages come from when not from the built folder (npm run dev). */
  pages?: Pages;
  /** Keeps a window let in while the core behind it restarts (npm run dev). */
  doorkeeper?: Doorkeeper;
};
export type BrowserShell = { openUrl: string; origin: string; close(): Promise<void> };

/** Opens the core and serves it. Throws Failure when the database cannot be opened, EADDRINUSE when the port is taken. */
export async function startBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  const browser = findChromium();
  const core = await openCore({
    dataFolder: options.dataFolder,
    version: VERSION,
    shell: "browser",
    printPdf: browser === null ? null : (html, signal) => printPdf(browser, html, signal),
    // npm run dev has no built programs.
    ...(options.pages ? {} : { importProgram: join(import.meta.dirname, "import-worker.js") }),
  });
  try {
    const serve = (port: number) =>
      startServer({
        router: core.router,
        port,
        pages: options.pages ?? builtPages(join(import.meta.dirname, "../renderer")),
        doorkeeper: options.doorkeeper ?? createDoorkeeper(),
      });
    const lastPort = options.port === 0 ? readLastPort(options.dataFolder) : 0;
    const server = lastPort === 0 ? await serve(options.port) : await serve(lastPort).catch(() => serve(0));
    if (options.port === 0) writeLastPort(options.dataFolder, Number(new URL(server.origin).port));
    return {
      openUrl: server.openUrl,
      origin: server.origin,
      async close() {
        await server.close();
        await core.close();
      },
    };
  } catch (error) {
    await core.close();
    throw error;
  }
}
