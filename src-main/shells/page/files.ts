/** The built page's files: which file answers an address, and as what type. Nothing outside the folder is readable. */
import { readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

export type PageFile = { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> };

/**
 * Reads the file for an address path such as "/assets/index-1a2b.js". Paths without an extension are screens of
 * the page and get index.html. Null when there is no such file, its type is unknown or it lies outside the folder.
 */
export async function readPageFile(folder: string, pathname: string): Promise<PageFile | null> {
  const file = locate(folder, pathname);
  const type = file === null ? undefined : types[extname(file)];
  if (file === null || type === undefined) return null;
  try {
    const body = new Uint8Array(await readFile(file));
    // File names under assets/ carry a hash of their content.
    const caching = pathname.startsWith("/assets/") ? "max-age=31536000, immutable" : "no-store";
    return { body, headers: { "Content-Type": type, "Content-Length": String(body.length), "Cache-Control": caching } };
  } catch {
    return null;
  }
}

function locate(folder: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes("\0") || decoded.includes("\\")) return null;
  const file = join(folder, extname(decoded) === "" ? "index.html" : decoded);
  const inside = relative(folder, file);
  return inside.startsWith(`..${sep}`) || inside === ".." ? null : file;
}
