/** Runs in the page's isolated world: passes one port to the core and offers the folder dialog. Nothing else gets through. */
import { contextBridge, ipcRenderer } from "electron";
import { BRIDGE_NAME, CORE_PORT_MESSAGE, type ShellBridge } from "#contract/shell-bridge.ts";
import { CORE_PORT_CHANNEL, PICK_FOLDER_CHANNEL } from "#shells/electron/messages.ts";

const bridge: ShellBridge = { pickFolder: () => ipcRenderer.invoke(PICK_FOLDER_CHANNEL) };
contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);

window.addEventListener("message", (event) => {
  if (event.source !== window || event.data !== CORE_PORT_MESSAGE) return;
  const [port] = event.ports;
  if (port !== undefined) ipcRenderer.postMessage(CORE_PORT_CHANNEL, null, [port]);
});
