/** What the registry says of each kind of record. */
import { date, type Field } from "./fields.ts";

/** How a row is tied to the office tree; decides who receives it and who may write it. */
export type Scope =
  /** City-wide: every office receives it, only the city writes it. */
  | { by: "city" }
  /** Belongs to the office named by this column; goes to that office's line and to where the person works. */
  | { by: "office"; column: string }
  /** Belongs to the office named by this column (the project's own row). */
  | { by: "ownOffice"; column: string }
  /** Follows the project named by this column. */
  | { by: "project"; column: string };

export type Entity = {
  /** Chinese name of one record. */
  label: string;
  scope: Scope;
  /** Field that names a row in lists, history and conflicts. */
  title: string;
  /** Columns that identify a row by content: its id is then a UUIDv5 of them, so two offices meet on one row. */
  identity?: readonly string[];
  /** Once made, no field of it is ever written again. */
  isFrozen?: true;
  fields: Readonly<Record<string, Field>>;
};

/** Soft deletion is a field like any other: the day of deletion, or null. Every entity ends its first release with it. */
export const archivedOn = date("归档日期", { byAct: true });
