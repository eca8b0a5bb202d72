/** Runs one history from its seed. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tellsStory } from "../settings.ts";
import { checkHistory } from "./checks.ts";
import { History, type Programs } from "./history.ts";
import { comeToRest } from "./rest.ts";
import type { Plant } from "./world.ts";

const STORY_LINES = 400;

/** Throws an error with the story when a law is broken; returns counts of what happened. */
export async function runHistory(
  seed: number,
  programs: Programs,
  root: string,
  plant: Plant = {},
): Promise<Record<string, number>> {
  const folder = join(root, `history-${seed}`);
  mkdirSync(folder);
  const history = new History(seed, programs, join(root, "tree"), folder, plant);
  try {
    await history.open();
    await history.run();
    await comeToRest(history);
    const { unproven } = checkHistory(history);
    const { forked, counts } = history.post;
    return { offices: history.offices.length, writes: history.parts.length, clones: forked.size, unproven, ...counts };
  } catch (error) {
    const told = tellsStory ? history.story.slice(-STORY_LINES).join("\n") : "(STORY=1 tells the whole story)";
    throw new Error(`${error instanceof Error ? (tellsStory ? error.stack : error.message) : error}\n${told}`);
  } finally {
    history.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
