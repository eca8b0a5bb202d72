/**
 * Stands in for the module "electron" so that the real built main process boots in Node. It records what the program
 * asks of Electron and lets a test play the part of pages, frames and the system. The core runs in a worker thread.
 */
import { EventEmitter } from "node:events";
import { existsSync } from "node:fs";
import { type MessagePort, Worker } from "node:worker_threads";

/** Set by the driver before the program is loaded. */
export const scene = { appPath: "", hasLock: true, pickedFolder: null as string | null };

/** What the program did, in order of first use. */
export const record = {
  schemes: [] as unknown[],
  switches: [] as string[][],
  paths: {} as Record<string, string>,
  sandboxed: false,
  exitCode: null as number | null,
  quits: 0,
  errorBoxes: [] as string[],
  forks: [] as string[][],
  /** Messages of the main process to the core. */
  toCore: [] as unknown[],
  menu: [] as unknown[],
  cores: [] as UtilityProcess[],
  windows: [] as BrowserWindow[],
  sessions: new Map<string, Session>(),
};

class App extends EventEmitter {
  isPackaged = false;
  commandLine = { appendSwitch: (...words: string[]) => record.switches.push(words) };
  getAppPath = () => scene.appPath;
  getPath = (name: string) => `/stub/${name}`;
  setPath = (name: string, path: string) => {
    if (!existsSync(path)) throw new Error(`no such folder: ${path}`);
    record.paths[name] = path;
  };
  enableSandbox = () => {
    record.sandboxed = true;
  };
  requestSingleInstanceLock = () => scene.hasLock;
  whenReady = () => new Promise<void>((resolve) => setTimeout(resolve, 10));
  quit = () => {
    record.quits += 1;
    this.emit("before-quit", { preventDefault: () => {} });
  };
  exit = (code: number) => {
    record.exitCode = code;
  };
  relaunch = () => {};
}
export const app = new App();

type Handler = (request: Request) => Promise<Response> | Response;
type Decide = (granted: boolean) => void;

class Session extends EventEmitter {
  handlers = new Map<string, Handler>();
  requestPermission: ((contents: null, permission: string, decide: Decide) => void) | null = null;
  checkPermission: ((contents: null, permission: string) => boolean) | null = null;
  allowDevice: (() => boolean) | null = null;
  protocol = { handle: (scheme: string, handler: Handler) => this.handlers.set(scheme, handler) };
  setPermissionRequestHandler(handler: Session["requestPermission"]): void {
    this.requestPermission = handler;
  }
  setPermissionCheckHandler(handler: Session["checkPermission"]): void {
    this.checkPermission = handler;
  }
  setDevicePermissionHandler(handler: Session["allowDevice"]): void {
    this.allowDevice = handler;
  }
}

function sessionNamed(name: string): Session {
  const known = record.sessions.get(name) ?? new Session();
  record.sessions.set(name, known);
  return known;
}
export const session = { defaultSession: sessionNamed("default"), fromPartition: sessionNamed };
export const protocol = { registerSchemesAsPrivileged: (schemes: unknown[]) => record.schemes.push(...schemes) };

class WebContents extends EventEmitter {
  openWindow: (details: { url: string }) => { action: string } = () => ({ action: "allow" });
  setWindowOpenHandler(handler: WebContents["openWindow"]): void {
    this.openWindow = handler;
  }
  reload(): void {}
  printToPDF = async (options: unknown) => Buffer.from(`%PDF ${JSON.stringify(options)}`);
}

type WindowOptions = { webPreferences: Record<string, unknown> & { session?: Session } };

export class BrowserWindow extends EventEmitter {
  webContents = new WebContents();
  loaded: string[] = [];
  shown = false;
  destroyed = false;
  options: WindowOptions;
  constructor(options: WindowOptions) {
    super();
    this.options = options;
    record.windows.push(this);
    app.emit("web-contents-created", {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    const handler = (this.options.webPreferences.session ?? session.defaultSession).handlers.get(
      url.split(":")[0] ?? "",
    );
    await handler?.(new Request(url));
    this.emit("ready-to-show");
  }
  show(): void {
    this.shown = true;
  }
  focus(): void {}
  isMinimized = () => false;
  restore(): void {}
  destroy(): void {
    this.destroyed = true;
  }
}

type Frame = { url: string; parent: object | null };
type IpcEvent = { senderFrame: Frame | null; ports: MessagePort[] };

class IpcMain extends EventEmitter {
  handlers = new Map<string, (event: IpcEvent) => unknown>();
  handle(channel: string, handler: (event: IpcEvent) => unknown): void {
    this.handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMain();

export const dialog = {
  showOpenDialog: async () => ({ filePaths: scene.pickedFolder === null ? [] : [scene.pickedFolder] }),
  showErrorBox: (...words: string[]) => record.errorBoxes.push(words.join("\n")),
  showMessageBox: async () => ({ response: 0 }),
  showMessageBoxSync: () => 1,
};
export const shell = { openPath: async () => "" };
export const Menu = {
  buildFromTemplate: (template: unknown[]) => template,
  setApplicationMenu: (menu: unknown[]) => {
    record.menu = menu;
  },
};

class UtilityProcess extends EventEmitter {
  worker: Worker;
  constructor(program: string, parameters: string[]) {
    super();
    record.forks.push([program, ...parameters]);
    record.cores.push(this);
    const workerData = { program };
    this.worker = new Worker(new URL("./core-worker.ts", import.meta.url), { argv: parameters, workerData });
    this.worker.on("message", (message: unknown) => this.emit("message", message));
    this.worker.on("error", (error) => console.error(error));
    this.worker.on("exit", (code) => this.emit("exit", code));
  }
  postMessage(data: unknown, ports: MessagePort[] = []): void {
    record.toCore.push(data);
    this.worker.postMessage({ data, ports }, ports);
  }
  kill(): void {
    void this.worker.terminate();
  }
}
export const utilityProcess = {
  fork: (program: string, parameters: string[]) => new UtilityProcess(program, parameters),
};
