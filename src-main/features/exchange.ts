/** 同步: links, bundles out and in, their log, conflicts (F26). */
import type { exchange as contract, ExchangeEntry, LinkState } from "#contract/exchange.ts";
import { Failure } from "#domain/failure.ts";
import { query, type Store } from "#store/store.ts";
import { exportBundle } from "#sync/export.ts";
import { readKeys } from "#sync/keys.ts";
import { type Link, readLink, readLinks } from "#sync/links.ts";
import { countWaiting, type Waiting } from "#sync/waiting.ts";
import { bundleLabel, requireNews } from "./bundles.ts";
import { conflictHistory, listConflicts, settleConflict } from "./conflicts.ts";
import { previewSettling, settleByRule } from "./conflicts-batch.ts";
import { warmUp } from "./figures/ready.ts";
import type { Handlers } from "./handlers.ts";
import { historyOfRange } from "./history.ts";
import type { Office } from "./office.ts";
import { inTurns } from "./portions.ts";
import { syncContext } from "./sync-context.ts";

const LOG_LENGTH = 300;

export const exchange: Handlers<typeof contract> = {
  links: (office) => readLinks(office.store).map((link) => linkState(office, link)),

  waiting: (office, { peerId }) => waitingFor(office, peerId),

  export: async (office, { peerId, folder, unlessCurrent }) => {
    const { environment, actor } = office;
    const keys = readKeys(environment.dataFolder);
    if (unlessCurrent) requireNews(office, keys, peerId, folder);
    const made = await exportBundle(syncContext(office), keys, peerId, folder, actor.personName, environment.version);
    return { ...made, peerName: readLink(office.store, peerId)?.peer_name ?? "", verified: true as const };
  },

  label: async (_, { file }) => bundleLabel(await file.bytes(), file.name),

  import: async (office, { file }) => {
    const taken = await office.imports.run(syncContext(office), file, office.actor.personName);
    void warmUp(office).catch(console.error);
    return taken;
  },

  importing: (office) => office.imports.progress.watch(),

  cancelImport: (office) => office.imports.cancel(),

  log: (office) => exchangeLog(office),

  records: (office, { exchangeId, limit }) => {
    const entry = office.store.first(query.selectFrom("exchange").selectAll().where("id", "=", exchangeId));
    if (!entry) throw new Failure("not_found", { what: "同步记录" });
    if (entry.first_set === null || entry.last_set === null) return { entries: [], total: 0 };
    return historyOfRange(office, entry.first_set, entry.last_set, limit);
  },

  conflicts: (office) => listConflicts(office),

  conflictHistory: (office, { conflictId }) => conflictHistory(office, conflictId),

  previewSettling: (office, { rule, conflictIds }) => previewSettling(office, rule, conflictIds),

  settleByRule: (office, { rule, conflictIds, digest }) => settleByRule(office, rule, conflictIds, digest),

  settle: (office, { conflictId, choice }) => settleConflict(office, conflictId, choice),
};

/** What was counted last, by link, to go on from. */
const counted = new WeakMap<Store, Map<string, Waiting>>();

async function waitingFor(office: Office, peerId: string): Promise<number> {
  const { store, journal } = office;
  const link = readLink(store, peerId);
  if (link?.state !== "active") return 0;
  const known = counted.get(store) ?? new Map<string, Waiting>();
  counted.set(store, known);
  const waiting = await inTurns(countWaiting(syncContext(office), link, known.get(peerId)));
  // What is written while it counts may be in it or not: then it is not gone on from.
  if (journal.log.end() === waiting.end) known.set(peerId, waiting);
  return waiting.records;
}

/** Every bundle out and in, the newest first. */
export function exchangeLog(office: Office): ExchangeEntry[] {
  const names = new Map(readLinks(office.store).map((link) => [link.peer_id, link.peer_name]));
  const rows = office.store.all(query.selectFrom("exchange").selectAll().orderBy("id", "desc").limit(LOG_LENGTH));
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    direction: row.direction,
    peerName: names.get(row.peer_id) ?? row.peer_id,
    number: row.number,
    fileName: row.file_name,
    outcome: row.outcome,
    summary: row.summary,
    person: row.person_name,
    recordChanges: row.record_changes,
  }));
}

/** One link for the overview and the workbench. */
export function linkState(office: Office, link: Link): LinkState {
  const parked = office.store.all(query.selectFrom("parked").selectAll().where("peer_id", "=", link.peer_id));
  const none = (number: number) => (number === 0 ? null : number);
  return {
    peerId: link.peer_id,
    peerName: link.peer_name,
    role: link.role,
    state: link.state,
    fingerprint: link.fingerprint ?? "",
    lastSentNumber: none(link.sent_number),
    lastSentAt: link.sent_at,
    lastAcknowledgedNumber: none(link.acked_number),
    lastAcknowledgedAt: link.acked_at,
    lastReceivedNumber: none(link.received_number),
    lastReceivedAt: link.received_at,
    parked: parked.map((entry) => ({ fileName: entry.file_name, reason: entry.reason, at: entry.at })),
  };
}
