/** Texts entered into the month's grid and not yet saved: each read as the value it means, or the reason why it is none. */
import { useCallback, useRef, useState } from "react";
import type { ReportRow } from "#contract/monthly-reports.ts";
import type { StoredValue } from "#domain/fields.ts";
import type { MoneyUnit } from "#domain/money.ts";
import { type GridField, gridFields, parseGridText } from "#domain/month-grid.ts";

export type Entry = { projectId: string; field: GridField; text: string; value: StoredValue; problem: string };
/** What is typed or pasted into a row's cell. */
export type Input = { row: ReportRow; field: GridField; text: string; unit?: MoneyUnit };
type Entries = ReadonlyMap<string, Entry>;

const keyOf = (projectId: string, field: string) => `${projectId} ${field}`;
const none: Entries = new Map();

export function useEntries() {
  // Read by commands in the very event that enters a text, before anything is drawn again.
  const latest = useRef<Entries[]>([none]);
  const [, redraw] = useState(0);
  const set = useCallback((states: Entries[]) => {
    latest.current = states;
    redraw((count) => count + 1);
  }, []);
  const current = () => latest.current.at(-1) ?? none;

  /** One step of undo, however many cells. */
  const enter = useCallback(
    (inputs: readonly Input[]) => {
      const next = new Map(latest.current.at(-1) ?? none);
      for (const input of inputs) {
        const key = keyOf(input.row.projectId, input.field);
        const entry = read(input);
        if (entry) next.set(key, entry);
        else next.delete(key);
      }
      set([...latest.current, next]);
    },
    [set],
  );
  /** Leaves out what was saved; nothing of it is undone here any more. */
  const drop = useCallback(
    (which: (entry: Entry) => boolean) => {
      const left = new Map([...(latest.current.at(-1) ?? none)].filter(([, entry]) => !which(entry)));
      set([left]);
    },
    [set],
  );
  const undo = useCallback(() => {
    if (latest.current.length < 2) return false;
    set(latest.current.slice(0, -1));
    return true;
  }, [set]);

  return {
    enter,
    drop,
    undo,
    /** The entry of a cell. */
    at: (projectId: string, field: GridField) => current().get(keyOf(projectId, field)),
    all: () => [...current().values()],
  };
}

/** Null for a text that says what is stored already. */
function read({ row, field, text, unit }: Input): Entry | null {
  const parsed = parseGridText(field, text, unit);
  const entry = { projectId: row.projectId, field, text };
  if ("reason" in parsed) return { ...entry, value: null, problem: parsed.reason };
  if (parsed.value === row[field]) return null;
  return { ...entry, value: parsed.value, problem: row.lockedReason };
}

/** The row as it will be: with what has been entered and reads well. */
export function withEntries(row: ReportRow, at: (projectId: string, field: GridField) => Entry | undefined): ReportRow {
  const entered = gridFields.flatMap((field) => {
    const entry = at(row.projectId, field);
    return entry && entry.problem === "" ? [[field, entry.value]] : [];
  });
  return { ...row, ...Object.fromEntries(entered) };
}

/** What is saved: values by project, as the core takes them. */
export function asSaved(entries: readonly Entry[]): { projectId: string; values: Record<string, StoredValue> }[] {
  const byProject = Map.groupBy(entries, ({ projectId }) => projectId);
  return [...byProject].map(([projectId, own]) => ({
    projectId,
    values: Object.fromEntries(own.map(({ field, value }) => [field, value])),
  }));
}
