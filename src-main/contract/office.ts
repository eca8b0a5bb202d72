/** Offices, people and settings. */
import { eventIterator, type } from "@orpc/contract";
import { z } from "zod";
import { type Finding, type HealthPart, healthParts } from "#domain/health.ts";
import type { Row } from "#domain/registry.ts";
import { type enrolments, keysOf } from "#domain/values.ts";
import { file, id, procedure, reading, values, written } from "./base.ts";

export type OfficeEntry = Row<"office"> & {
  /** none: never invited; invited: waiting for its request; active: exchanging. Only for direct children. */
  enrolment: keyof typeof enrolments;
  projectCount: number;
};

export type RequestSummary = {
  officeId: string;
  officeName: string;
  personName: string;
  fingerprint: string;
  madeAt: string;
};

export type SettingEntry = {
  key: string;
  label: string;
  unit: string;
  value: unknown;
  source: string;
  isInitial: boolean;
};

export const offices = {
  list: reading.output(type<OfficeEntry[]>()),
  /** City only: adds or changes an office. */
  save: procedure.input(z.object({ id: id.optional(), values })).output(written),
  /** Makes the invitation file for a direct child. */
  invite: procedure
    .input(z.object({ officeId: id }))
    .output(type<{ file: File; fingerprint: string; expiresOn: string }>()),
  inspectRequest: reading.input(z.object({ file })).output(type<RequestSummary>()),
  /** Admits the office after both sides compared the fingerprint. */
  admit: procedure.input(z.object({ file, fingerprint: z.string().max(80) })).output(type<void>()),
};

export type PersonRow = Row<"person"> & {
  officeName: string;
  projectCount: number;
  visitCount: number;
  lastVisitOn: string | null;
};

export const people = {
  list: reading
    .input(
      z.object({
        officeId: id.optional(),
        secretariesOnly: z.boolean().optional(),
        includeArchived: z.boolean().optional(),
      }),
    )
    .output(type<PersonRow[]>()),
  /** Names for pickers: best matches of a search among the active people of this office and below. */
  find: reading
    .input(z.object({ search: z.string().max(100), limit: z.int().min(1).max(50) }))
    .output(type<{ id: string; name: string; officeName: string }[]>()),
  save: procedure.input(z.object({ id: id.optional(), values })).output(written),
  archive: procedure.input(z.object({ id })).output(written),
  restore: procedure.input(z.object({ id })).output(written),
};

export const settings = {
  list: reading.output(type<SettingEntry[]>()),
  /** City only; carried down in bundles. `value` is checked by the setting's own schema. */
  save: procedure
    .input(z.object({ key: z.string().max(80), value: z.unknown(), source: z.string().max(400) }))
    .output(written),
};

/** Where a look at one part is: `done` of the `total` records of the log; 0 of 0 where that is not counted. */
export type CheckProgress = { part: HealthPart; done: number; total: number };

export const maintenance = {
  /**
   * Writes a checked backup copy of the database into a folder, and into a folder beside it those contents of
   * attachments that are not there from an earlier backup.
   */
  backup: procedure.input(z.object({ folder: z.string().max(1000) })).output(
    type<{
      path: string;
      bytes: number;
      attachmentFolder: string;
      attachmentsCopied: number;
      /** Left out because the file here is damaged. */
      attachmentsDamaged: number;
    }>(),
  ),
  /** Every part of the check-up at once. */
  verify: procedure.output(type<{ ok: boolean; findings: Finding[] }>()),
  /** One part of the check-up, so that a window can show how far it is. */
  check: procedure.input(z.object({ part: z.enum(keysOf(healthParts)) })).output(type<Finding[]>()),
  /** How far the look is that is under way, and then again with every news of it; null ends it. */
  checking: reading.output(eventIterator(type<CheckProgress | null>())),
  /** Gives up the look that is under way: it then fails with check_cancelled. False when there is none. */
  cancelCheck: reading.output(type<boolean>()),
  /** Makes the tables anew from the log after a checked backup; how they compare afterwards. */
  rebuild: procedure.output(type<{ backup: string; findings: Finding[] }>()),
  /** Undoes a change set of this person while nobody changed the same fields since. */
  undo: procedure.input(z.object({ changeSet: z.int().min(1) })).output(written),
};

export type FolderListing = {
  path: string;
  parent: string | null;
  /** Places to start from: removable drives, home, desktop. */
  places: { name: string; path: string; removable: boolean }[];
  folders: { name: string; path: string }[];
  writable: boolean;
  freeBytes: number;
};

export const folders = {
  list: reading.input(z.object({ path: z.string().max(1000).optional() })).output(type<FolderListing>()),
};
