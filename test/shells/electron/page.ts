/** Plays the page: runs the real built preload against the stub and speaks to the core as the renderer does. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import type { Contract } from "#contract/contract.ts";
import { CORE_PORT_MESSAGE, type ShellBridge } from "#contract/shell-bridge.ts";
import { ipcMain, scene } from "./stub.ts";

type PageMessage = { source: unknown; data: unknown; ports: MessagePort[] };
export type Frame = { url: string; parent: object | null };
export const ourFrame: Frame = { url: "app://lianxinqiao/projects", parent: null };

/** Loads the preload into a page living in the given frame; returns what the page can reach. */
export function openPage(frame: Frame | null = ourFrame) {
  const listeners: ((event: PageMessage) => void)[] = [];
  const pageWindow = {
    addEventListener: (_: string, listener: (event: PageMessage) => void) => listeners.push(listener),
  };
  const exposed: Record<string, unknown> = {};
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, bridge: unknown) => {
        exposed[name] = bridge;
      },
    },
    ipcRenderer: {
      invoke: async (channel: string) => ipcMain.handlers.get(channel)?.({ senderFrame: frame, ports: [] }),
      postMessage: (channel: string, _: unknown, ports: MessagePort[]) =>
        ipcMain.emit(channel, { senderFrame: frame, ports }),
    },
  };
  const code = readFileSync(join(scene.appPath, "dist/preload/preload.cjs"), "utf8");
  new Function("require", "exports", "module", "window", code)(() => electron, {}, {}, pageWindow);

  /** Posts to the page's window what another window (source) or itself sent. */
  const post = (data: unknown, ports: MessagePort[], source: unknown = pageWindow) => {
    for (const listener of listeners) listener({ source, data, ports });
  };
  return {
    exposed,
    bridge: exposed.lianxinqiao as ShellBridge,
    post,
    /** The renderer's handshake, and its client. */
    connect(): ContractRouterClient<Contract> {
      const { port1, port2 } = new MessageChannel();
      post(CORE_PORT_MESSAGE, [port2]);
      port1.start();
      return createORPCClient(new RPCLink({ port: port1 }));
    },
  };
}
