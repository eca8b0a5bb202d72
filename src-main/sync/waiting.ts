/**
 * How many record changes a link is still owed. Downward that takes walking through all that came since the child last
 * acknowledged: in portions, and going on from what was counted before where only the log has grown.
 */
import { atOnce } from "#domain/at-once.ts";
import type { Log } from "#journal/log.ts";
import { numbersIn } from "#journal/touched.ts";
import type { SyncContext } from "./context.ts";
import type { Link } from "./links.ts";
import { blocksDown, type WantedBlock, wantedIn } from "./outgoing.ts";
import { type ChildScope, childScope, recordsOfSubjects } from "./scope.ts";

/** Record changes looked at without a pause. */
const PORTION = 1000;
/** Projects and people that came into scope above which counting anew is simpler than looking at each. */
const FEW = 100;

export type Waiting = {
  records: number;
  /** Up to this change set, for the link as it then was, and what its child was to know. */
  end: number;
  link: string;
  subjects: ReadonlySet<string>;
};

/** Record changes that the next export to this link would carry; `known`: what was counted before. Yields in portions. */
export function* countWaiting(context: SyncContext, link: Link, known?: Waiting): Generator<void, Waiting> {
  const { store, journal } = context;
  const end = journal.log.end();
  const asText = JSON.stringify(link);
  if (link.role === "parent") {
    // Upward nothing is left out.
    const records = store
      .prepare(
        `select coalesce(sum(records), 0) from change_log where id > ? and id <= ? and (via is null or via != ?)`,
      )
      .pluck()
      .get(link.acked_position, end, link.peer_id) as number;
    return { records, end, link: asText, subjects: new Set() };
  }
  if (known?.link === asText && known.end === end) return known;
  const goesOn = known?.link === asText ? grown(context, link, known) : null;
  const { blocks, scope } = goesOn ?? (yield* blocksDown(context, link, end));
  let records = goesOn ? (known?.records ?? 0) : 0;
  let walked = 0;
  for (const block of blocks) {
    for (const isWanted of wantedIn(block, link)) {
      if (isWanted) records++;
      if (++walked % PORTION === 0) yield;
    }
  }
  return { records, end, link: asText, subjects: scope.current };
}

/** The same, without a pause. */
export function waitingRows(context: SyncContext, link: Link): number {
  return atOnce(countWaiting(context, link)).records;
}

/** What came since; null where the child is to know less than then, or more that is older. */
function grown({ store, journal: { log } }: SyncContext, link: Link, known: Waiting) {
  const scope = childScope(store, log, link);
  const { current } = scope;
  const come = [...current].filter((subject) => !known.subjects.has(subject));
  const isSubset = current.size - come.length === known.subjects.size;
  if (!isSubset || come.length > FEW) return null;
  const touched = recordsOfSubjects(store, come).flatMap(({ touched_by }) => numbersIn(touched_by));
  if (touched.some((number) => number <= known.end)) return null;
  return { scope, blocks: blocksSince(log, known.end, scope) };
}

function* blocksSince(log: Log, after: number, { admits }: ChildScope): Generator<WantedBlock> {
  for (const block of log.blocks(after, log.end())) yield { block, isWanted: admits };
}
