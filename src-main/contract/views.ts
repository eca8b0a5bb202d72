/** Saved views (视图): what a clerk wants to see of a list again. They stay on this PC and belong to one person. */
import { type } from "@orpc/contract";
import { z } from "zod";
import { id, procedure, reading } from "./base.ts";

/** The page as its address names it, e.g. "/projects". */
const page = z.string().regex(/^\/[\w/-]{0,60}$/);
const name = z.string().trim().min(1).max(40);

export type SavedView = {
  id: string;
  page: string;
  name: string;
  /** What the address says after the page: "" or "?stages=…". */
  search: string;
  /** Keys of the columns shown, in their order; null where the list has no choice of columns. */
  columns: string[] | null;
  /** The menu opens the page with it. */
  isDefault: boolean;
};

export const views = {
  /** Those of the person at the keyboard, by page and name. */
  list: reading.output(type<SavedView[]>()),
  /** Keeps what is shown now under a name; the same name again replaces what it meant. */
  save: procedure
    .input(
      z.object({
        page,
        name,
        search: z.string().max(20_000),
        columns: z.array(z.string().max(60)).max(200).nullable(),
      }),
    )
    .output(type<{ id: string }>()),
  rename: procedure.input(z.object({ id, name })).output(type<void>()),
  remove: procedure.input(z.object({ id })).output(type<void>()),
  /** The view that the menu opens its page with; `isDefault` false: none. */
  setDefault: procedure.input(z.object({ id, isDefault: z.boolean() })).output(type<void>()),
};
