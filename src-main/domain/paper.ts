/** Papers of the printed sheets, and what a progress sheet of each can carry. */

export type Paper = "A4" | "A3";

/** Paper in landscape, millimetres. */
export const landscape: Record<Paper, { width: number; height: number }> = {
  A4: { width: 297, height: 210 },
  A3: { width: 420, height: 297 },
};

/**
 * Most months a progress sheet shows on this paper. Beyond it the text columns fall under six characters a
 * line at the smallest size that is still readable from a wall (7 pt on A4, 7.5 pt on A3).
 */
export function maxMonths(paper: Paper): number {
  return paper === "A4" ? 3 : 6;
}
