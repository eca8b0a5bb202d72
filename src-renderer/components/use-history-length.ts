import { useCallback, useState } from "react";

/** Entries that a history begins with and is made longer by, and the most that it lists. */
export const STEP = 50;
export const MOST = 2000;

/** How many entries of a history are asked for, and what asks for more of them. */
export function useHistoryLength() {
  const [limit, setLimit] = useState(STEP);
  return { limit, onLonger: useCallback(() => setLimit((before) => Math.min(MOST, before + STEP)), []) };
}
