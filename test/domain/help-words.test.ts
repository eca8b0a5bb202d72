/** Help and quick guide send a clerk to buttons and pages by their names. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const textOf = (pattern: string, except: string[] = []) =>
  globSync(pattern, { cwd: root, exclude: except }).map((path) => readFileSync(join(root, path), "utf8"));

test("the help and the quick guide quote no name that the program does not show", () => {
  const guides = ["src-renderer/pages/help/**", "src-main/sheets/quick-guide.tsx"];
  const shown = textOf("src-{main,renderer}/**/*.{ts,tsx}", guides).join("\n");
  const help = [...textOf("src-renderer/pages/help/topics/*.ts"), ...textOf("src-main/sheets/quick-guide.tsx")];
  const quoted = help.flatMap((text) => [...text.matchAll(/“([^”]+)”/g)].flatMap(([, path = ""]) => path.split("—")));
  expect(quoted.length).toBeGreaterThan(50);
  expect(quoted.filter((name) => !shown.includes(name))).toEqual([]);
});
