/** Prints sheets with the installed browser, which is not started anew for each, and reads the pages back. */
import { execFileSync } from "node:child_process";
import type { Page } from "playwright-core";
import { theBrowser } from "../helpers/chromium.ts";

/**
 * A sheet as printed: its paper in whole points ("842 x 595"), and the text of each page in the order it was
 * laid out, without any white space.
 */
export async function printed(html: string): Promise<{ paper: string; pages: string[] }> {
  const input = await inPage(async (page) => {
    await page.setContent(html);
    return page.pdf({ preferCSSPageSize: true, printBackground: true });
  });
  const info = execFileSync("pdfinfo", ["-"], { input, encoding: "utf8" });
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info) ?? [];
  const text = execFileSync("pdftotext", ["-raw", "-enc", "UTF-8", "-", "-"], { input, encoding: "utf8" });
  return {
    paper: `${Math.round(Number(width))} x ${Math.round(Number(height))}`,
    pages: text.split("\f").slice(0, -1).map(squeezed),
  };
}

/** Does something with a page that is empty at first. */
export async function inPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const page = await (await theBrowser()).newPage();
  try {
    return await work(page);
  } finally {
    await page.close();
  }
}

/** The text of a PDF file, without white space. */
export function pdfText(path: string): string {
  return squeezed(execFileSync("pdftotext", ["-raw", "-enc", "UTF-8", path, "-"], { encoding: "utf8" }));
}

/** Text without white space, as PDF extraction changes it. */
export function squeezed(text: string): string {
  return text.replaceAll(/\s/g, "");
}
