/**
 * Stamps: a hybrid logical clock that names every change set and orders them totally.
 * Text of 9 base-36 digits of epoch ms, 3 of counter, 8 of replica id: sorts as text, unique per change set.
 */

/** A remote clock may run ahead of ours by this much before it is flagged and no longer followed (law 11). */
export const CLOCK_BOUND_MS = 24 * 3_600_000;

/** Years before this program was made: clocks whose battery is dead start from earlier. Late data is not told by its age. */
const EARLIEST_MS = Date.UTC(2020, 0, 1);

export const COUNTER_LIMIT = 36 ** 3;
/** How far a clock that is ahead of its PC steps aside at most. */
const STEP_ASIDE_MS = 1000;
/** Epoch ms beyond which a stamp has no room. */
export const TIME_LIMIT = 36 ** 9;
export const STAMP_LENGTH = 20;
const STAMP = /^[0-9a-z]{20}$/;

export type ClockState = { ms: number; counter: number };

/** The next reading: never behind the last one, at least this PC's time. */
export function tick(last: ClockState, nowMs: number): ClockState {
  if (nowMs > last.ms) return { ms: nowMs, counter: 0 };
  return last.counter + 1 < COUNTER_LIMIT
    ? { ms: last.ms, counter: last.counter + 1 }
    : { ms: last.ms + 1, counter: 0 };
}

/**
 * A reading after `last` that another PC with a copy of this database would hardly come to. `random` gives [0, 1).
 * Needed where the next reading does not come from the PC's own time: two copies would count on alike, and two acts
 * with one stamp are one act (law 5).
 */
export function stepAside(last: ClockState, random: () => number): ClockState {
  const ms = last.ms + 1 + Math.floor(random() * STEP_ASIDE_MS);
  return { ms, counter: Math.floor(random() * COUNTER_LIMIT) };
}

/** The clock after seeing a remote stamp: it follows, but never beyond the bound. */
export function observe(last: ClockState, remoteMs: number, nowMs: number): ClockState {
  return remoteMs > last.ms && remoteMs <= nowMs + CLOCK_BOUND_MS ? { ms: remoteMs, counter: 0 } : last;
}

/** True when the remote clock cannot be right, seen from here: ahead of ours, or years behind. */
export function isSuspect(remoteMs: number, nowMs: number): boolean {
  return remoteMs > nowMs + CLOCK_BOUND_MS || remoteMs < EARLIEST_MS;
}

export function formatStamp(clock: ClockState, replica: string): string {
  return clock.ms.toString(36).padStart(9, "0") + clock.counter.toString(36).padStart(3, "0") + replica;
}

/** Epoch ms of a stamp. */
export function stampMs(stamp: string): number {
  return Number.parseInt(stamp.slice(0, 9), 36);
}

export function isStamp(value: string): boolean {
  return STAMP.test(value);
}

export function parseStamp(stamp: string): ClockState & { replica: string } {
  return {
    ms: stampMs(stamp),
    counter: Number.parseInt(stamp.slice(9, 12), 36),
    replica: stamp.slice(12),
  };
}
