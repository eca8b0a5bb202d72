/**
 * Help, quick guide, empty states, hints and failures send a clerk to buttons and pages by their names in “ ”. A name
 * counts only when it is the whole of a text that the program shows, or what stands there before "（", "：", "，" or "…".
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "vite";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const guides = ["src-renderer/pages/help/**/*.{ts,tsx}", "src-main/sheets/quick-guide.tsx"];
/** What only the history and failures say is no name of a thing on the screen. */
const sayings = ["src-main/domain/actions.ts", "src-main/domain/failure.ts"];
/** The printer dialog of the system names it. */
const foreign = ["另存为PDF"];
const chinese = /[\u4e00-\u9fff]/;

/** The Chinese texts of the sources: string literals, texts between tags, the fixed parts of templates. */
function textsOf(pattern: string, except: readonly string[] = []): string[] {
  const paths = globSync(pattern, { cwd: root, exclude: [...except, "**/{demo,city,cli}/**"] });
  return paths.flatMap((path) => {
    const texts: string[] = [];
    const { program, errors } = parseSync(path, readFileSync(join(root, path), "utf8"));
    expect(errors).toEqual([]);
    new Visitor({
      Literal: ({ value }) => void (typeof value === "string" && texts.push(value)),
      JSXText: ({ value }) => void texts.push(value),
      TemplateElement: ({ value }) => void texts.push(value.cooked ?? ""),
    }).visit(program);
    return texts.map((text) => text.replaceAll(/\s*\n\s*/g, " ").trim()).filter((text) => chinese.test(text));
  });
}

const namesIn = (texts: readonly string[]) =>
  new Set(texts.flatMap((text) => [text, text.replace(/[（：，…].*$/, "")]).filter(Boolean));

/** Names in quotes, and of these the ones that the text says to click. */
function quotedIn(texts: readonly string[]): { all: string[]; clicked: string[] } {
  const names = (text: string) =>
    [...text.matchAll(/“([^”{}]+)”/g)].flatMap(([, path = ""]) => path.split("—")).filter((name) => chinese.test(name));
  const clicked = texts.flatMap((text) => text.match(/点(?:“[^”]+”[、或]?)+/g) ?? []);
  return { all: texts.flatMap(names), clicked: clicked.flatMap(names) };
}

const pages = textsOf("src-renderer/**/*.{ts,tsx}", guides);
const program = [...pages, ...textsOf("src-main/**/*.ts", sayings)];
const shown = namesIn(program);
const buttons = namesIn(pages);
const told = quotedIn([
  ...program,
  ...guides.flatMap((each) => textsOf(each)),
  ...sayings.flatMap((each) => textsOf(each)),
]);

test("no help, hint or failure quotes a name that the program does not show", () => {
  expect(told.all.length).toBeGreaterThan(200);
  expect(told.all.filter((name) => !shown.has(name) && !foreign.includes(name))).toEqual([]);
});

test("what a clerk is told to click is written on a page, not only in the history or in a field's name", () => {
  expect(told.clicked.length).toBeGreaterThan(50);
  expect(told.clicked.filter((name) => !buttons.has(name))).toEqual([]);
});
