/** The only file that touches ipcMain: every message from a page is checked for its sender before anything is done. */
import { ipcMain, type MessagePortMain, type WebFrameMain } from "electron";
import { PAGE_ORIGIN } from "./app-protocol.ts";
import { CORE_PORT_CHANNEL, PICK_FOLDER_CHANNEL } from "./messages.ts";

/** Only the top frame of our own page may speak; a preview frame or a strayed page may not. */
function isOurPage(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && frame.url.startsWith(`${PAGE_ORIGIN}/`);
}

/** Calls `connect` with the port that our page wants to reach the core through. */
export function acceptCorePorts(connect: (port: MessagePortMain) => void): void {
  ipcMain.on(CORE_PORT_CHANNEL, (event) => {
    const [port] = event.ports;
    if (port === undefined) return;
    if (isOurPage(event.senderFrame)) connect(port);
    else port.close();
  });
}

/** Answers our page's wish for a folder; any other sender gets an error. */
export function answerPickFolder(pick: () => Promise<string | null>): void {
  ipcMain.handle(PICK_FOLDER_CHANNEL, (event) => {
    if (!isOurPage(event.senderFrame)) throw new Error("pick-folder was not sent by our page");
    return pick();
  });
}
