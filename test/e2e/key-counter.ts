/** Presses keys and counts them, for the table of frequent acts in src-renderer/README.md. */
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Begins to count, and to measure, with this call. */
export function keyCounter(page: Page) {
  const started = performance.now();
  let count = 0;
  return {
    async press(...keys: string[]) {
      for (const key of keys) await page.keyboard.press(key);
      count += keys.length;
    },
    /** Letters that find something: each is a key. */
    async type(letters: string) {
      await page.keyboard.type(letters);
      count += letters.length;
    },
    /** What is recorded: not counted. */
    words: (text: string) => page.keyboard.type(text),
    /** The act is done: prints how long it took where nobody had to think or to find a key. */
    took(keys: number) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${expect.getState().currentTestName}: ${seconds} s`);
      expect(count).toBe(keys);
    },
  };
}
