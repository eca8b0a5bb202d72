import { useCallback, useState } from "react";

/** Entries that a history begins with (more than a screen shows) and is made longer by, and the most that it lists. */
const FIRST = 20;
export const STEP = 50;
export const MOST = 2000;

/** How many entries of a history are asked for, and what asks for more of them. */
export function useHistoryLength() {
  const [limit, setLimit] = useState(FIRST);
  return { limit, onLonger: useCallback(() => setLimit((before) => Math.min(MOST, before + STEP)), []) };
}
