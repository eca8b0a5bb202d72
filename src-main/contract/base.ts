/** Shared shapes of the contract. Inputs are parsed with zod at the core; outputs are typed, being the core's own. */
import { oc, type } from "@orpc/contract";
import { z } from "zod";
import { isIsoDate, isIsoMonth } from "#domain/calendar.ts";
import type { FailureCode, FailureDetails } from "#domain/failure.ts";
import type { EntityName } from "#domain/registry.ts";

/** `reads`: writes nothing, so that it need not wait its turn. */
export type ProcedureMeta = { reads?: boolean };

/**
 * A call that writes: such calls take turns, and wait while an import has the database. Every call may end in a
 * FAILURE: its message is the clerk's sentence, its data the code and details.
 */
export const procedure = oc.$meta<ProcedureMeta>({}).errors({
  FAILURE: { status: 422, data: type<{ code: FailureCode; details: FailureDetails }>() },
});

/** A call that only reads: answered at once, whatever is being written. */
export const reading = procedure.meta({ reads: true });

export const id = z.string().min(1).max(80);
export const isoDate = z.string().refine(isIsoDate, { error: "日期应如 2026-11-22" });
export const isoMonth = z.string().refine(isIsoMonth, { error: "月份应如 2026-11" });

/** A field's value as typed by a form; the journal checks it against the registry, whose longest text is shorter. */
export const fieldValue = z.union([z.string().max(100_000), z.number(), z.null()]);
/** Values by field name. */
export const values = z.record(z.string().max(60), fieldValue);

/** A file handed over by the user: whatever its name, at most 512 MiB (each kind has its own lower cap). */
export const file = z.instanceof(File).refine((given) => given.size <= 512 * 1024 * 1024, { error: "文件过大" });

/** Every write names the record it wrote and the change set that can be undone. */
/** `changeSet`: number of the recorded change set, to undo it by; null when nothing was changed. */
export type Written = { id: string; changeSet: number | null };
export const written = type<Written>();

/** A file made by the core for the user to keep. */
export const madeFile = z.instanceof(File);

/** One field change as history shows it; values are display texts (labels, names, 万元), never codes. */
export type FieldChange = { field: string; label: string; before: string; after: string };

/** One record's part in a change set. */
export type HistoryEntry = {
  changeSet: number;
  entity: EntityName;
  recordId: string;
  /** The project the record belongs to; null for people, offices and settings. */
  projectId: string | null;
  /** "项目", "节点" … */
  entityLabel: string;
  /** Name of the record, e.g. the node's name. */
  title: string;
  /** Why: the user action in Chinese, e.g. "修改项目". */
  action: string;
  at: string;
  office: string;
  person: string;
  created: boolean;
  clockSuspect: boolean;
  changes: FieldChange[];
};

/** The newest entries up to the limit asked for; `total` says how many there are. */
export type History = { entries: HistoryEntry[]; total: number };
export const historyLimit = z.int().min(1).max(2000);
