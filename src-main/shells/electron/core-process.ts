/** Entry of the utility process: opens the core and answers the pages that the main process connects. */
import { join } from "node:path";
import { RPCHandler } from "@orpc/server/message-port";
import { openCore } from "#core/create-core.ts";
import { Failure, failureText } from "#domain/failure.ts";
import { VERSION } from "#shells/version.ts";
import type { FromCore, ToCore } from "./messages.ts";

type Printing = { resolve: (pdf: Uint8Array) => void; reject: (error: Error) => void };
const printing = new Map<number, Printing>();
let sheets = 0;

function say(message: FromCore): void {
  process.parentPort.postMessage(message);
}

/** Asks the main process, which has windows, for a PDF. */
function printPdf(html: string): Promise<Uint8Array> {
  sheets += 1;
  const id = sheets;
  return new Promise((resolve, reject) => {
    printing.set(id, { resolve, reject });
    say({ kind: "print", id, html });
  });
}

async function run(dataFolder: string): Promise<void> {
  const importProgram = join(import.meta.dirname, "import-worker.js");
  const core = await openCore({ dataFolder, version: VERSION, shell: "electron", printPdf, importProgram });
  const handler = new RPCHandler(core.router);
  process.parentPort.on("message", ({ data, ports }) => {
    const message = data as ToCore;
    if (message.kind === "close") {
      void core.close().finally(() => process.exit(0));
      return;
    }
    if (message.kind === "connect") {
      const [port] = ports;
      if (port === undefined) return;
      handler.upgrade(port);
      port.start();
      return;
    }
    const waiting = printing.get(message.id);
    printing.delete(message.id);
    if (message.kind === "printed") waiting?.resolve(message.pdf);
    else waiting?.reject(new Error(message.reason));
  });
  say({ kind: "ready" });
}

run(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(error);
  say({ kind: "refused", message: error instanceof Failure ? error.message : failureText("internal") });
});
