/** Runs the built core process in a worker thread, with the parentPort that Electron would give it. */
import { EventEmitter } from "node:events";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";

const port = new EventEmitter();
parentPort?.on("message", (event: unknown) => port.emit("message", event));
Object.assign(process, {
  parentPort: Object.assign(port, { postMessage: (message: unknown) => parentPort?.postMessage(message) }),
});
const { program } = workerData as { program: string };
await import(pathToFileURL(program).href);
