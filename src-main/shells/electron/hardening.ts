/** What no page of this program may do: leave, open windows, ask for devices. */
import { app, type Session, type WebContents } from "electron";
import { PAGE_ORIGIN } from "./app-protocol.ts";

/** Applies to every web contents made from now on, the hidden print window included. */
export function hardenAllContents(): void {
  app.on("web-contents-created", (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: "deny" }));
    contents.on("will-frame-navigate", (details) => {
      if (!isOwnAddress(details.url, details.isMainFrame)) details.preventDefault();
    });
    contents.on("will-redirect", (details) => details.preventDefault());
    contents.on("will-attach-webview", (event) => event.preventDefault());
  });
}

/** Frames inside our page show sheets, whose documents the page makes itself. */
function isOwnAddress(url: string, isMainFrame: boolean): boolean {
  if (url.startsWith(`${PAGE_ORIGIN}/`)) return true;
  return !isMainFrame && (url === "about:srcdoc" || url === "about:blank" || url.startsWith(`blob:${PAGE_ORIGIN}/`));
}

/** Copying text is the one permission the page needs; reading the clipboard, camera, place and devices are refused. */
const GRANTED = "clipboard-sanitized-write";

export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents: WebContents | null, permission, decide) =>
    decide(permission === GRANTED),
  );
  session.setPermissionCheckHandler((_contents, permission) => permission === GRANTED);
  session.setDevicePermissionHandler(() => false);
}
