/**
 * What the Electron shell hands to the page. In the browser shell `window.lianxinqiao` is absent and the
 * page calls the core over HTTP at RPC_PATH.
 */
export type ShellBridge = {
  /** Shows the system's folder dialog; null when the clerk cancels. */
  pickFolder(): Promise<string | null>;
};

/** Name of the bridge on `window`. */
export const BRIDGE_NAME = "lianxinqiao";

/**
 * The page makes a MessageChannel, keeps one port for oRPC's message-port client and posts this text with the
 * other port: `window.postMessage(CORE_PORT_MESSAGE, location.origin, [port])`. The preload passes it to the core.
 */
export const CORE_PORT_MESSAGE = "lianxinqiao:core-port";

/** Path prefix of the RPC calls in the browser shell. */
export const RPC_PATH = "/rpc";
