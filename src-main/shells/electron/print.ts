/** PDF of a sheet, made by a hidden window in a session of its own that reaches nothing but the sheet. */
import { session } from "electron";
import { PAGE_ORIGIN, serveDocument } from "./app-protocol.ts";
import { refusePermissions } from "./hardening.ts";
import { hiddenWindow } from "./window.ts";

let printed = 0;

/** Prints one self-contained HTML document; paper and margins come from its CSS @page. */
export async function printPdf(html: string): Promise<Uint8Array> {
  printed += 1;
  // A partition without "persist:" lives in memory only.
  const sheet = session.fromPartition(`print-${printed}`);
  refusePermissions(sheet);
  serveDocument(sheet, html);
  const window = hiddenWindow(sheet);
  try {
    await window.loadURL(`${PAGE_ORIGIN}/`);
    return await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
  } finally {
    window.destroy();
  }
}
