/** Names and shapes of what Electron's processes say to each other. */

/** From the preload: the page's MessagePort for the core. */
export const CORE_PORT_CHANNEL = "core-port";
/** From the preload: show the folder dialog. */
export const PICK_FOLDER_CHANNEL = "pick-folder";

/** From the core process to the main process. */
export type FromCore =
  | { kind: "ready" }
  /** The database cannot be opened; message is the clerk's sentence. */
  | { kind: "refused"; message: string }
  | { kind: "print"; id: number; html: string };

/** From the main process to the core process; "connect" comes with one MessagePort. */
export type ToCore =
  | { kind: "connect" }
  | { kind: "printed"; id: number; pdf: Uint8Array }
  | { kind: "print-failed"; id: number; reason: string }
  | { kind: "close" };
