/** Exporting a bundle: everything the peer has not acknowledged, finished only when it is on the medium. */
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { localDate, localDateTime } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import type { SealedSection } from "#journal/log.ts";
import { writeFileSafely } from "#store/safe-write.ts";
import { readSettings } from "#store/settings.ts";
import { query } from "#store/store.ts";
import { bundleHash } from "./acknowledgement.ts";
import { attachmentsToSend, noteAttachmentsSent, wantedAttachments } from "./attachments.ts";
import { sealBundle } from "./bundle-file.ts";
import type { SyncContext } from "./context.ts";
import { keyChangesOf } from "./key-change.ts";
import { owesKeyNews, revocationsFor } from "./key-revocation.ts";
import { fingerprintOf, type OfficeKeys, sha256 } from "./keys.ts";
import { type Link, type ReadyLink, readyLink, updateLink } from "./links.ts";
import { outgoing } from "./outgoing.ts";
import type { Payload } from "./payload.ts";
import { noteSentSubjects } from "./scope.ts";
import { sealSection } from "./seal.ts";

export type Exported = {
  number: number;
  fileName: string;
  path: string;
  bytes: number;
  changeSets: number;
  recordChanges: number;
};

/**
 * Writes the next bundle for a peer into `folder`. The number is reserved first, so a number never names two
 * different files even when writing fails half way. Throws Failure link_not_ready, nothing_to_export,
 * disk_full, folder_unusable.
 */
export async function exportBundle(
  context: SyncContext,
  keys: OfficeKeys,
  peerId: string,
  folder: string,
  person: string,
  program: string,
): Promise<Exported> {
  const { store } = context;
  const { link, payload } = store.transaction(() => reserve(context, keys, peerId));
  const fileName = bundleName(context, link, payload.number);
  const path = join(folder, fileName);
  const bytes = await sealBundle(
    payload,
    {
      program,
      from: { id: context.officeId, name: context.officeName },
      to: { id: peerId, name: link.peer_name },
      senderKey: fingerprintOf(keys),
      recipientKey: link.fingerprint,
      keyChanges: keyChangesOf(keys),
      replica: payload.replica,
      number: payload.number,
      base: payload.base,
      position: payload.position,
      previous: previousHash(context, peerId),
      madeAt: context.now().toISOString(),
    },
    keys,
    link.age_recipient,
  );
  writeFileSafely(path, bytes);
  const at = localDateTime(context.now().getTime());
  store.transaction(() => {
    updateLink(store, peerId, { sent_at: at, owes_answer: 0 });
    store.run(
      query.insertInto("exchange").values({
        id: uuidv7(),
        peer_id: peerId,
        direction: "out",
        number: payload.number,
        replica: payload.replica,
        hash: sha256(bytes),
        file_name: fileName,
        at,
        person_name: person,
        outcome: "sent",
        summary: `发给${link.peer_name}：${payload.sets} 次操作，${payload.records} 条记录变动`,
        record_changes: payload.records,
        position: payload.position,
      }),
    );
  });
  return {
    number: payload.number,
    fileName,
    path,
    bytes: bytes.length,
    changeSets: payload.sets,
    recordChanges: payload.records,
  };
}

function reserve(context: SyncContext, keys: OfficeKeys, peerId: string): { link: ReadyLink; payload: Payload } {
  const { store, journal } = context;
  const link = readyLink(store, peerId);
  const position = journal.log.end();
  const { subjects, sections, ...counts } = outgoing(context, link, position);
  const attachments = attachmentsToSend(context, link, readSettings(store)["attachment.bundleMb"] * 1024 * 1024);
  const wants = wantedAttachments(context, link);
  const owesAnswer = link.owes_answer === 1 || owesNewsOfLife(context, link);
  const isEmpty = counts.records === 0 && attachments.parts.length === 0 && wants.length === 0;
  if (isEmpty && !owesAnswer && !owesKeyNews(context, keys, link))
    throw new Failure("nothing_to_export", { to: link.peer_name });
  const number = link.sent_number + 1;
  if (subjects) noteSentSubjects(store, link, subjects, number);
  const revocations = revocationsFor(context, keys, link);
  updateLink(store, peerId, { sent_number: number, revocations_sent: revocations?.length ?? 0 });
  const acknowledges =
    link.peer_replica === null
      ? null
      : {
          replica: link.peer_replica,
          number: link.received_number,
          position: link.received_position,
          hash: bundleHash(store, peerId, "in", link.peer_replica, link.received_number),
        };
  const payload = {
    from: context.officeId,
    to: peerId,
    replica: journal.replica,
    receiver: link.peer_replica,
    number,
    base: link.acked_position,
    position,
    acknowledges,
    ...counts,
    sections: link.role === "child" ? sections.map(({ packed }) => sealed(keys, peerId, packed)) : sections,
    revocations,
    attachments: attachments.parts,
    later: attachments.later,
    wants,
  };
  noteAttachmentsSent(
    context,
    link,
    attachments.parts.map((content) => content.hash),
    number,
  );
  return { link, payload };
}

/** Whether the peer has heard from an earlier life of this database, but not from this one. */
function owesNewsOfLife({ store, journal }: SyncContext, link: Link): boolean {
  const isTold = store
    .prepare("select max(replica = ?) from exchange where peer_id = ? and direction = 'out'")
    .pluck()
    .get(journal.replica, link.peer_id) as number | null;
  return isTold === 0;
}

function sealed(keys: OfficeKeys, childId: string, packed: Uint8Array): SealedSection {
  return { packed, seal: sealSection(keys, childId, packed) };
}

function bundleName(context: SyncContext, link: ReadyLink, number: number): string {
  const clean = (name: string) => name.replaceAll(/[\\/:*?"<>|\s]/g, "");
  const day = localDate(context.now()).replaceAll("-", "");
  return `同步包-${clean(context.officeName)}-致-${clean(link.peer_name)}-第${number}号-${day}.lxq`;
}

function previousHash(context: SyncContext, peerId: string): string {
  const previous = context.store.first(
    query
      .selectFrom("exchange")
      .select("hash")
      .where("peer_id", "=", peerId)
      .where("direction", "=", "out")
      .orderBy("number", "desc")
      .limit(1),
  );
  return previous?.hash ?? "";
}
