/** Applying a bundle that was checked: its change sets, its receipt, its attachments, and the numbers (sync law 13). */
import { v7 as uuidv7 } from "uuid";
import type { ImportReport } from "#contract/exchange.ts";
import { localDateTime } from "#domain/calendar.ts";
import { subjectEntities } from "#domain/registry.ts";
import { countMissingAttachments } from "#store/attachments.ts";
import { query, type Store } from "#store/store.ts";
import { noteWanted, takeAttachments } from "./attachments.ts";
import type { Checked } from "./authority.ts";
import type { Delivery, SyncContext } from "./context.ts";
import { type Link, type ReadyLink, readyLink, updateLink } from "./links.ts";
import type { Payload } from "./payload.ts";
import { noteKnownSubjects, noteMovedByChild } from "./scope.ts";

/** Call in the transaction of the import, after the receipt was taken. */
export function takeIn(
  context: SyncContext,
  link: ReadyLink,
  payload: Payload,
  checked: Checked,
  hash: string,
  { fileName, person }: Delivery,
): ImportReport {
  const { store, journal } = context;
  const before = journal.log.end();
  const conflictsBefore = openConflicts(store);
  const created = notHere(store, checked.subjects);
  const { added, changed, fresh, clockSuspect } = journal.ingest(checked.sections, payload.records, link.peer_id);
  if (isCovered(readyLink(store, link.peer_id), payload)) {
    // The peer's own log up to there is known here: what is new all the same comes from a copy of its database, and is
    // sent to the peer as to anybody who does not have it.
    store.run(query.updateTable("change_log").set({ via: null }).where("id", ">", before));
  }
  if (link.role === "child") {
    noteKnownSubjects(store, link, checked.subjects, created);
    noteMovedByChild(store, link, checked.moved);
  }
  noteWanted(context, link, payload.wants);
  const attachments = takeAttachments(context, link, payload.attachments, fileName);
  const exchangeId = uuidv7();
  const at = localDateTime(context.now().getTime());
  updateLink(store, link.peer_id, {
    received_at: at,
    owes_answer: 1,
    ...receivedUpTo(readyLink(store, link.peer_id), payload),
  });
  const report: ImportReport = {
    ...emptyReport(link, payload.number),
    exchangeId,
    added,
    changed,
    conflicts: [...openConflicts(store)].filter((key) => !conflictsBefore.has(key)).length,
    refused: checked.refused,
    missingParents: withoutParent(store, checked.owners),
    attachments,
    missingAttachments: countMissingAttachments(store),
    clockSuspect,
  };
  report.summary = summaryOf(report);
  store.run(
    query.insertInto("exchange").values({
      id: exchangeId,
      peer_id: link.peer_id,
      direction: "in",
      number: payload.number,
      replica: payload.replica,
      hash,
      file_name: fileName,
      at,
      person_name: person,
      outcome: "applied",
      summary: report.summary,
      record_changes: fresh,
      first_set: before + 1,
      last_set: journal.log.end(),
      position: payload.position,
    }),
  );
  return report;
}

/** Whether a bundle covers nothing of the peer's log that was not received before. */
function isCovered(link: Link, { number, position }: Payload): boolean {
  return number <= link.received_number || position <= link.received_position;
}

/** How far the peer's log has been received after this bundle. An older one that comes late moves nothing back. */
function receivedUpTo(link: Link, { number, position }: Payload): Partial<Link> {
  if (number <= link.received_number) return {};
  return { received_number: number, received_position: Math.max(position, link.received_position) };
}

function summaryOf(report: ImportReport): string {
  const parts = [`新增 ${report.added} 条`, `修改 ${report.changed} 条`, `冲突 ${report.conflicts} 处`];
  if (report.attachments > 0) parts.push(`附件 ${report.attachments} 个`);
  if (report.missingAttachments > 0) parts.push(`尚缺附件 ${report.missingAttachments} 个`);
  if (report.missingParents > 0) parts.push(`缺上级记录 ${report.missingParents} 条`);
  if (report.clockSuspect > 0) parts.push(`时钟可疑 ${report.clockSuspect} 次`);
  if (report.refused > 0) parts.push(`拒收 ${report.refused} 段（对方交回，但无法核实是本单位发出的）`);
  return `${report.peerName}第 ${report.number} 号包：${parts.join("，")}。`;
}

function notHere(store: Store, subjects: ReadonlySet<string>): Set<string> {
  const ids = JSON.stringify([...subjects]);
  const missing = new Set(subjects);
  for (const entity of subjectEntities) {
    const find = store.prepare(
      `select stored.id from json_each(?) as wanted cross join ${entity} as stored on stored.id = wanted.value`,
    );
    for (const id of find.pluck().all(ids)) missing.delete(id as string);
  }
  return missing;
}

function openConflicts(store: Store): Set<string> {
  const rows = store.all(query.selectFrom("field_heads").select(["entity", "row_id", "field"]).where("agreed", "=", 0));
  return new Set(rows.map((row) => `${row.entity}/${row.row_id}/${row.field}`));
}

/** How many records of the bundle belong to projects that have not arrived. */
function withoutParent(store: Store, owners: ReadonlyMap<string, number>): number {
  const find = store.prepare(
    `select wanted.value from json_each(?) as wanted
     where not exists (select 1 from project where project.id = wanted.value)`,
  );
  const missing = find.pluck().all(JSON.stringify([...owners.keys()])) as string[];
  return missing.reduce((total, project) => total + (owners.get(project) ?? 0), 0);
}

/** A report without numbers yet. */
export function emptyReport(link: Link, number: number): ImportReport {
  return {
    exchangeId: "",
    peerName: link.peer_name,
    number,
    outcome: "applied",
    summary: "",
    added: 0,
    changed: 0,
    conflicts: 0,
    refused: 0,
    parked: 0,
    missingParents: 0,
    attachments: 0,
    missingAttachments: 0,
    clockSuspect: 0,
    notes: [],
    released: [],
  };
}
