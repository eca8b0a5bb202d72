/** Bundles in and out, links, conflicts. */
import { eventIterator, type } from "@orpc/contract";
import { z } from "zod";
import type { EntityName } from "#domain/registry.ts";
import {
  type FieldChange,
  fieldValue,
  file,
  type History,
  historyLimit,
  id,
  procedure,
  reading,
  type Written,
  written,
} from "./base.ts";

export type LinkState = {
  peerId: string;
  peerName: string;
  role: "parent" | "child";
  state: "invited" | "active" | "revoked";
  fingerprint: string;
  lastSentNumber: number | null;
  lastSentAt: string | null;
  lastAcknowledgedNumber: number | null;
  lastAcknowledgedAt: string | null;
  lastReceivedNumber: number | null;
  lastReceivedAt: string | null;
  parked: { fileName: string; reason: string; at: string }[];
};

export type ExportResult = {
  peerName: string;
  number: number;
  fileName: string;
  path: string;
  bytes: number;
  changeSets: number;
  recordChanges: number;
  /** The file was written, read back and compared. */
  verified: true;
};

/** What a bundle says of itself in its readable head. */
export type BundleLabel = {
  fromId: string;
  fromName: string;
  toName: string;
  number: number;
  /** The life of the sender's database that counted the number. */
  replica: string;
  /** ISO instant. */
  madeAt: string;
};

/** Law 13: every import ends in numbers. */
export type ImportReport = {
  exchangeId: string;
  peerName: string;
  number: number;
  outcome: "applied" | "parked" | "already";
  /** One Chinese sentence with the numbers. */
  summary: string;
  added: number;
  changed: number;
  conflicts: number;
  refused: number;
  parked: number;
  missingParents: number;
  /** Contents of attachments that came, and those that are named but not here. */
  attachments: number;
  missingAttachments: number;
  clockSuspect: number;
  /** Bundles parked earlier that this import released. */
  released: number[];
  /** Sentences about parked bundles whose turn had come, but that were not taken in. */
  notes: string[];
  /** A sentence when the peer has new keys. */
  keyNews?: string | undefined;
};

/** How far an import in a thread of its own is: checked, `done` of `total` record changes taken in, made durable. */
export type ImportProgress = {
  fileName: string;
  phase: "check" | "merge" | "write";
  done: number;
  total: number;
};

export type ExchangeEntry = {
  id: string;
  at: string;
  direction: "in" | "out";
  peerName: string;
  number: number;
  fileName: string;
  outcome: string;
  summary: string;
  person: string;
  recordChanges: number;
};

export type ConflictSide = {
  stamp: string;
  value: string;
  person: string;
  office: string;
  /** Written by this office. */
  isOurs: boolean;
  at: string;
  won: boolean;
};

/** Which conflicts are looked at: of one field, with one office, as domain/conflict.ts names them. */
export const conflictFilter = z.object({
  field: z.string().max(200).nullable(),
  office: z.string().max(200).nullable(),
});
export type ConflictFilter = z.infer<typeof conflictFilter>;

/** One write on the way to a conflict. */
export type ConflictStep = {
  changeSet: number;
  action: string;
  person: string;
  office: string;
  at: string;
  clockSuspect: boolean;
  /** One of the conflict's sides. */
  isSide: boolean;
  changes: FieldChange[];
};

/** Keep this office's value, take the other's, or take the latest. */
export const settleRule = z.enum(["ours", "theirs", "newest"]);
export type SettleRule = z.infer<typeof settleRule>;

export type SettlingItem = {
  conflictId: string;
  title: string;
  fieldLabel: string;
  /** The value shown now, and the one it would become. */
  before: string;
  after: string;
  /** Who wrote it, where and when. */
  from: string;
};

/** What a rule would do. `items` stops at a sensible length. */
export type SettlingPreview = {
  digest: string;
  settledTotal: number;
  /** Of these, how many would show another value than now. */
  changedTotal: number;
  items: SettlingItem[];
  /** Conflicts that the rule leaves open, by reason. */
  skipped: { reason: string; count: number; example: string }[];
};

export type ConflictEntry = {
  id: string;
  entity: EntityName;
  entityLabel: string;
  recordId: string;
  title: string;
  projectId: string | null;
  projectName: string;
  field: string;
  fieldLabel: string;
  /** edit: two values; delete: archived by one, edited by another. */
  kind: "edit" | "delete";
  sides: ConflictSide[];
};

export const exchange = {
  links: reading.output(type<LinkState[]>()),
  /** Record changes not yet acknowledged by the peer; 0 while nothing is exchanged with it. May take seconds. */
  waiting: reading.input(z.object({ peerId: id })).output(type<number>()),
  /** `unlessCurrent`: refuses with export_current while the folder holds a bundle after which nothing new came. */
  export: procedure
    .input(z.object({ peerId: id, folder: z.string().min(1).max(1000), unlessCurrent: z.boolean().optional() }))
    .output(type<ExportResult>()),
  /** Of a bundle or its first BUNDLE_HEAD_BYTES: its label, of which nothing is verified; null when it has none. */
  label: reading.input(z.object({ file })).output(type<BundleLabel | null>()),
  import: procedure.input(z.object({ file })).output(type<ImportReport>()),
  /** How far the import is that runs now, again and again until it has ended; null when none runs (any more). */
  importing: reading.output(eventIterator(type<ImportProgress | null>())),
  /** Gives up the import that runs: it then fails with import_cancelled. False when it was too late for that. */
  cancelImport: reading.output(type<boolean>()),
  log: reading.output(type<ExchangeEntry[]>()),
  /** What one import brought, record by record. */
  records: reading.input(z.object({ exchangeId: id, limit: historyLimit })).output(type<History>()),
  conflicts: reading.output(type<ConflictEntry[]>()),
  conflictHistory: reading.input(z.object({ conflictId: z.string().max(300) })).output(type<ConflictStep[]>()),
  previewSettling: reading
    .input(z.object({ rule: settleRule, conflictIds: z.array(z.string().max(300)).max(100_000) }))
    .output(type<SettlingPreview>()),
  /** Settles what the preview with this digest named, in one change set. */
  settleByRule: procedure
    .input(
      z.object({
        rule: settleRule,
        conflictIds: z.array(z.string().max(300)).max(100_000),
        digest: z.string().max(64),
      }),
    )
    .output(type<Written & { settled: number }>()),
  /** Settles by one side's stamp, or by a new value (given as a stored value of the field). */
  settle: procedure
    .input(
      z.object({
        conflictId: z.string().max(300),
        choice: z.union([z.object({ stamp: z.string().max(80) }), z.object({ value: fieldValue })]),
      }),
    )
    .output(written),
};
