/** The way from this window to the core: a message port inside Electron, loopback HTTP in a browser window. */
import type { ClientLink } from "@orpc/client";
import { RPCLink as HttpLink } from "@orpc/client/fetch";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { type BRIDGE_NAME, CORE_PORT_MESSAGE, RPC_PATH, type ShellBridge } from "#contract/shell-bridge.ts";

declare global {
  interface Window {
    readonly [BRIDGE_NAME]?: ShellBridge;
  }
}

export function createLink(): ClientLink<Record<never, never>> {
  if (!window.lianxinqiao) return new HttpLink({ url: `${location.origin}${RPC_PATH}` });
  const { port1, port2 } = new MessageChannel();
  window.postMessage(CORE_PORT_MESSAGE, location.origin, [port2]);
  port1.start();
  return new PortLink({ port: port1 });
}
