/** Attachments: photos and documents of a project, or of one of its visits, nodes, issues and permits. */
import { type } from "@orpc/contract";
import { z } from "zod";
import type { Row } from "#domain/registry.ts";
import { file, id, isoDate, madeFile, procedure, reading, values, written } from "./base.ts";

/** What attachments belong to. A project's include those of all that belongs to it. */
export const attachmentSubject = z.union([
  z.strictObject({ projectId: id }),
  z.strictObject({ visitId: id }),
  z.strictObject({ nodeId: id }),
  z.strictObject({ issueId: id }),
  z.strictObject({ permitId: id }),
]);
export type AttachmentSubject = z.infer<typeof attachmentSubject>;

export type AttachmentRow = Omit<Row<"attachment">, "hash" | "thumb_hash"> & {
  isPhoto: boolean;
  /** "走访 2026-11-20", "节点 桩基施工", "手续 施工许可证"; empty when it belongs to the project alone. */
  about: string;
  /** False while the content has not arrived in this office. */
  isHere: boolean;
  hasThumbnail: boolean;
  /** False for projects that this office only reads and for nodes that were sent up. */
  editable: boolean;
};

export const attachments = {
  /** Those not archived, the newest first; whether more may be added, or why not. */
  list: reading
    .input(z.object({ subject: attachmentSubject }))
    .output(type<{ rows: AttachmentRow[]; editable: boolean; readOnlyReason: string }>()),
  /**
   * Adds files in one change set. `thumbnail` is a small JPEG made by the window; `takenOn` the day the camera noted.
   * A file that the subject already has is left out; `added` counts the others.
   */
  add: procedure
    .input(
      z.object({
        subject: attachmentSubject,
        items: z
          .array(z.object({ file, thumbnail: file.nullable(), takenOn: isoDate.nullable() }))
          .min(1)
          .max(50),
      }),
    )
    .output(type<{ id: string; changeSet: number | null; added: number }>()),
  /** Name, day and note. */
  update: procedure.input(z.object({ id, values })).output(written),
  archive: procedure.input(z.object({ id })).output(written),
  /** The content under its name, typed by what it is. */
  content: reading.input(z.object({ id })).output(madeFile),
  thumbnail: reading.input(z.object({ id })).output(madeFile),
  /** Attachments whose content has not arrived yet, the oldest first, at most 500; `total` counts all. */
  missing: reading.output(type<{ rows: { projectId: string; projectName: string; name: string }[]; total: number }>()),
};
