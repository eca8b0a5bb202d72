/** What attachments refer to, against the contents that are in the folder: missing, damaged, without a record. */
import { query, type Store } from "./store.ts";

export type MissingAttachment = { hash: string; name: string; projectId: string };

export type AttachmentCheck = {
  /** Contents on the disk that are what their name says. */
  sound: number;
  /** Attachments whose content is not here; those damaged are among them. */
  missing: MissingAttachment[];
  /** Hashes of files that are not what their name says; set aside, so that a neighbour sends them again. */
  damaged: string[];
  /** Hashes of contents that no record refers to, archived ones included; harmless. */
  orphaned: string[];
};

/** Attachments not archived whose content has not arrived (or is damaged), the oldest first. */
export function missingAttachments(store: Store): MissingAttachment[] {
  if (countMissingAttachments(store) === 0) return [];
  const rows = store.all(
    query
      .selectFrom("attachment")
      .select(["hash", "name", "project_id as projectId"])
      .where("archived_on", "is", null)
      .orderBy("id"),
  );
  return rows.filter(({ hash }) => !store.blobs.has(hash));
}

/** How many `missingAttachments` would name; asked with every look at the workbench. */
export function countMissingAttachments(store: Store): number {
  const { blobs } = store;
  const hashes = store.prepare("select hash from attachment where archived_on is null").pluck();
  let missing = 0;
  for (const hash of hashes.iterate()) if (!blobs.has(String(hash))) missing++;
  return missing;
}

/** Reads every content once: takes as long as the disk does. */
export async function checkAttachments(store: Store): Promise<AttachmentCheck> {
  const { sound, damaged } = await store.blobs.check();
  const referred = new Set(
    store.prepare("select hash from attachment union select thumb_hash from attachment").pluck().all() as string[],
  );
  return {
    sound: sound.length,
    missing: missingAttachments(store),
    damaged,
    orphaned: sound.filter((hash) => !referred.has(hash)),
  };
}
