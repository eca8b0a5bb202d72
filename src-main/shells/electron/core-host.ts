/** The core in a process of its own, so that a long import never freezes the window. */
import { type MessagePortMain, utilityProcess } from "electron";
import type { FromCore, ToCore } from "./messages.ts";

/** How long the core may take to close its database before it is ended. */
const CLOSE_TIMEOUT_MS = 10_000;

/** The core will not open; the message is the clerk's sentence. */
export class CoreRefused extends Error {}

export type CoreHost = {
  /** Lets a page speak to the core through its port. */
  connect(port: MessagePortMain): void;
  /** Closes the database and ends the process. */
  close(): Promise<void>;
};

export type CoreHostOptions = {
  /** Path of the built core-process.js. */
  program: string;
  dataFolder: string;
  printPdf: (html: string) => Promise<Uint8Array>;
  /** Called when the core ends without having been asked to. */
  onCrash: () => void;
};

/** Starts the core and waits until its database is open. Rejects with CoreRefused when it cannot be. */
export function startCore({ program, dataFolder, printPdf, onCrash }: CoreHostOptions): Promise<CoreHost> {
  const core = utilityProcess.fork(program, [dataFolder], { serviceName: "连心桥数据", stdio: "inherit" });
  const say = (message: ToCore, ports: MessagePortMain[] = []) => core.postMessage(message, ports);
  let state: "starting" | "open" | "closing" = "starting";
  const ended = new Promise<void>((resolve) => core.once("exit", () => resolve()));

  async function print(id: number, html: string): Promise<void> {
    try {
      say({ kind: "printed", id, pdf: await printPdf(html) });
    } catch (error) {
      say({ kind: "print-failed", id, reason: String(error) });
    }
  }

  const host: CoreHost = {
    connect: (port) => say({ kind: "connect" }, [port]),
    async close() {
      state = "closing";
      say({ kind: "close" });
      const timer = setTimeout(() => core.kill(), CLOSE_TIMEOUT_MS);
      await ended;
      clearTimeout(timer);
    },
  };
  return new Promise((resolve, reject) => {
    core.on("message", (message: FromCore) => {
      if (message.kind === "print") void print(message.id, message.html);
      else if (message.kind === "refused") reject(new CoreRefused(message.message));
      else {
        state = "open";
        resolve(host);
      }
    });
    void ended.then(() => {
      if (state === "open") onCrash();
      // Without effect when the core has said why it refused.
      reject(new CoreRefused("数据程序没有启动。请重新启动连心桥；仍不行请联系技术人员。"));
    });
  });
}
