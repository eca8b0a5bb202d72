/** Attachments: what may be attached where, their contents in and out. Contents lie in store/blobs.ts. */
import type { AttachmentRow, AttachmentSubject, attachments as contract } from "#contract/attachments.ts";
import { fileNameOf, isPhotoType, KIND_BYTES, kindOfFile, sizeText } from "#domain/attachment.ts";
import { Failure } from "#domain/failure.ts";
import { registry } from "#domain/registry.ts";
import { isLocked } from "#domain/review.ts";
import { newId, type Write } from "#journal/journal.ts";
import { missingAttachments } from "#store/attachments.ts";
import { query } from "#store/store.ts";
import { requireUnlocked } from "./audit.ts";
import { formValues, requireNotFuture } from "./entry.ts";
import type { Handlers, InputOf } from "./handlers.ts";

import type { Office } from "./office.ts";

const MAX_THUMBNAIL_BYTES = 256 * 1024;
const MISSING_SHOWN = 500;

/** What an attachment may belong to beside its project, and the column that says so. */
const owners = {
  visitId: { entity: "visit", column: "visit_id" },
  nodeId: { entity: "node", column: "node_id" },
  issueId: { entity: "issue", column: "issue_id" },
  permitId: { entity: "permit", column: "permit_id" },
} as const;
const ownerColumns = Object.values(owners).map(({ column }) => column);
type OwnerColumn = (typeof ownerColumns)[number];

/** The columns that say what an attachment belongs to. */
type Place = { project_id: string } & Record<OwnerColumn, string | null>;
type Item = InputOf<typeof contract, "add">["items"][number];

export const attachments: Handlers<typeof contract> = {
  list: (office, { subject }) => {
    const place = readPlace(office, subject);
    const readOnlyReason = reasonReadOnly(office, place);
    return { rows: attachmentRows(office, subject, place), editable: readOnlyReason === "", readOnlyReason };
  },

  /** The contents are on the disk before the records are: a failure in between leaves nothing that misleads. */
  add: async (office, { subject, items }) => {
    requireWritable(office, readPlace(office, subject));
    for (const { file } of items) requireSize(office, file);
    const kept: Content[] = [];
    for (const item of items) kept.push(await keepContent(office, item));
    const place = readPlace(office, subject);
    requireWritable(office, place);
    const fresh = kept.filter(
      ({ hash }, index) => !isAttached(office, place, hash) && kept.findIndex((each) => each.hash === hash) === index,
    );
    const writes = fresh.map(
      (values): Write => ({ entity: "attachment", id: newId("attachment"), values: { ...place, ...values } }),
    );
    const [first] = writes;
    if (!first) throw new Failure("attachment_repeated");
    return { ...office.write("add_attachment", first.id, writes), added: writes.length };
  },

  update: (office, { id, values }) => {
    requireWritable(office, readAttachment(office, id));
    const given = formValues("attachment", values, ["project_id", ...ownerColumns]);
    requireNotFuture(office, "拍摄日期", given.taken_on);
    return office.write("update_attachment", id, [{ entity: "attachment", id, values: given }]);
  },

  archive: (office, { id }) => {
    requireWritable(office, readAttachment(office, id));
    const values = { archived_on: office.today };
    return office.write("archive_attachment", id, [{ entity: "attachment", id, values }]);
  },

  content: (office, { id }) => {
    const { name, hash, media_type } = readAttachment(office, id);
    return contentFile(office, fileNameOf(name, media_type), hash);
  },

  thumbnail: (office, { id }) => {
    const { name, thumb_hash } = readAttachment(office, id);
    return contentFile(office, `${name}.jpg`, thumb_hash ?? "");
  },

  missing: (office) => {
    const missing = missingAttachments(office.store);
    const rows = missing.slice(0, MISSING_SHOWN).map(({ projectId, name }) => {
      const project = query.selectFrom("project").select("name").where("id", "=", projectId);
      return { projectId, projectName: office.store.first(project)?.name ?? "", name };
    });
    return { rows, total: missing.length };
  },
};

/** Throws Failure attachment_missing; never hands out a content that is not what its hash says. */
function contentFile(office: Office, name: string, hash: string): File {
  const bytes = office.store.blobs.read(hash);
  if (bytes === null) throw new Failure("attachment_missing", { name });
  // The type follows from the bytes, not from what another office's record claims.
  const kind = kindOfFile(name, bytes.subarray(0, KIND_BYTES));
  return new File([new Uint8Array(bytes)], name, {
    type: "refused" in kind ? "application/octet-stream" : kind.mediaType,
  });
}

function requireSize(office: Office, { name, size }: File): void {
  const limit = office.settings["attachment.maxMb"];
  if (size === 0) throw new Failure("file_empty", { file: name });
  if (size > limit * 1024 ** 2) {
    throw new Failure("attachment_too_big", { file: name, size: sizeText(size), limit: `${limit} MB` });
  }
}

type Content = Awaited<ReturnType<typeof keepContent>>;

/** Checks one file and keeps its content and thumbnail; returns the fields that describe it. */
async function keepContent(office: Office, { file, thumbnail, takenOn }: Item) {
  requireNotFuture(office, "拍摄日期", takenOn);
  const bytes = await file.bytes();
  const kind = kindOfFile(file.name, bytes.subarray(0, KIND_BYTES));
  if ("refused" in kind) throw new Failure("attachment_refused", { file: file.name, reason: kind.refused });
  const small = thumbnail && kind.isPhoto && thumbnail.size <= MAX_THUMBNAIL_BYTES ? await thumbnail.bytes() : null;
  const isJpeg = small !== null && !("refused" in kindOfFile("thumbnail.jpg", small.subarray(0, KIND_BYTES)));
  const { blobs } = office.store;
  return {
    name: file.name.slice(-200),
    hash: blobs.write(bytes),
    size: bytes.length,
    media_type: kind.mediaType,
    taken_on: takenOn,
    thumb_hash: small && isJpeg ? blobs.write(small) : null,
  };
}

function isAttached(office: Office, place: Place, hash: string): boolean {
  const same = query
    .selectFrom("attachment")
    .select("id")
    .where("hash", "=", hash)
    .where("archived_on", "is", null)
    .where("project_id", "=", place.project_id)
    .where((eb) => eb.and(ownerColumns.map((column) => eb(column, "is", place[column]))));
  return office.store.first(same) !== undefined;
}

/** Throws Failure not_found. */
function readPlace(office: Office, subject: AttachmentSubject): Place {
  const none: Place = { project_id: "", visit_id: null, node_id: null, issue_id: null, permit_id: null };
  if ("projectId" in subject) return { ...none, project_id: subject.projectId };
  const { entity, column, id } = ownerOf(subject);
  const row = office.store.first(query.selectFrom(entity).select("project_id").where("id", "=", id));
  if (!row) throw new Failure("not_found", { what: registry[entity].label });
  return { ...none, project_id: row.project_id, [column]: id };
}

function ownerOf(subject: Exclude<AttachmentSubject, { projectId: string }>) {
  if ("visitId" in subject) return { ...owners.visitId, id: subject.visitId };
  if ("nodeId" in subject) return { ...owners.nodeId, id: subject.nodeId };
  if ("issueId" in subject) return { ...owners.issueId, id: subject.issueId };
  return { ...owners.permitId, id: subject.permitId };
}

/** The project is this office's to change, and the node has not been sent up: what was audited stays as it was. */
function requireWritable(office: Office, place: Place): void {
  office.editableProject(place.project_id);
  if (place.node_id === null) return;
  const node = office.store.first(
    query.selectFrom("node").select(["name", "audit_state"]).where("id", "=", place.node_id),
  );
  if (node) requireUnlocked("node", node.name, node.audit_state);
}

/** The sentence of `requireWritable`; empty when it passes. */
function reasonReadOnly(office: Office, place: Place): string {
  try {
    requireWritable(office, place);
    return "";
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

function readAttachment(office: Office, id: string) {
  const attachment = office.store.first(query.selectFrom("attachment").selectAll().where("id", "=", id));
  if (!attachment) throw new Failure("not_found", { what: "附件" });
  return attachment;
}

function attachmentRows(office: Office, subject: AttachmentSubject, place: Place): AttachmentRow[] {
  const rows = office.store.all(
    query
      .selectFrom("attachment")
      .leftJoin("visit", "visit.id", "attachment.visit_id")
      .leftJoin("node", "node.id", "attachment.node_id")
      .leftJoin("issue", "issue.id", "attachment.issue_id")
      .leftJoin("permit", "permit.id", "attachment.permit_id")
      .selectAll("attachment")
      .select(["visit.visited_on as visitDay", "node.name as nodeName", "node.audit_state as nodeState"])
      .select(["issue.title as issueTitle", "permit.name as permitName"])
      .where("attachment.archived_on", "is", null)
      .where("attachment.project_id", "=", place.project_id)
      .$if(!("projectId" in subject), (found) =>
        found.where((eb) =>
          eb.and(
            ownerColumns.flatMap((column) =>
              place[column] === null ? [] : [eb(`attachment.${column}`, "=", place[column])],
            ),
          ),
        ),
      )
      .orderBy("attachment.id", "desc"),
  );
  const isOurs = reasonReadOnly(office, { ...place, node_id: null }) === "";
  return rows.map(
    ({ versions: _, hash, thumb_hash, visitDay, nodeName, nodeState, issueTitle, permitName, ...row }) => ({
      ...row,
      isPhoto: isPhotoType(row.media_type),
      about: aboutOf([
        ["走访", visitDay],
        ["节点", nodeName],
        ["问题", issueTitle],
        ["手续", permitName],
      ]),
      isHere: office.store.blobs.has(hash),
      hasThumbnail: thumb_hash !== null && office.store.blobs.has(thumb_hash),
      editable: isOurs && !(nodeState && isLocked(nodeState)),
    }),
  );
}

function aboutOf(names: readonly (readonly [what: string, name: string | null])[]): string {
  const [what, name] = names.find(([, each]) => each !== null) ?? [];
  return name ? `${what} ${name}` : "";
}
