/** app://lianxinqiao: the built page as an origin of its own, secure and without a server. */
import { protocol, type Session } from "electron";
import { readPageFile } from "#shells/page/files.ts";
import { SECURITY_HEADERS } from "#shells/page/policy.ts";

const SCHEME = "app";
export const PAGE_ORIGIN = `${SCHEME}://lianxinqiao`;

/** Must run before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the files of `folder` under PAGE_ORIGIN, and nothing else. */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    const isOurs = request.method === "GET" && `${SCHEME}://${url.host}` === PAGE_ORIGIN;
    const file = isOurs ? await readPageFile(folder, url.pathname) : null;
    if (file === null) return new Response(null, { status: 404, headers: SECURITY_HEADERS });
    return new Response(file.body, { headers: { ...file.headers, ...SECURITY_HEADERS } });
  });
}

/** Serves one HTML document, whatever the address; scripts and other hosts are out of its reach. */
export function serveDocument(session: Session, html: string): void {
  session.protocol.handle(
    SCHEME,
    () =>
      new Response(html, {
        headers: {
          "Content-Type": "text/html; charset=utf-8",
          "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:",
        },
      }),
  );
}
