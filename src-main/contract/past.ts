/** The ledger as it stood in this office's books at the end of a past day, from the log. Read only. */
import { type } from "@orpc/contract";
import { z } from "zod";
import type { Light } from "#domain/values.ts";
import { type History, id, isoDate, procedure } from "./base.ts";
import { type ProjectPage, type ProjectWindow, projectFilter, projectWindow } from "./ledger.ts";

const booksOn = { booksOn: isoDate };

export const past = {
  /** The day of the first record in these books, and how far the making of a past day's books is. */
  state: procedure.output(type<{ firstDay: string | null; making: { date: string; percent: number } | null }>()),
  list: procedure.input(projectWindow.extend(booksOn)).output(type<ProjectWindow>()),
  lightCounts: procedure
    .input(z.object({ filter: projectFilter, asOf: isoDate, ...booksOn }))
    .output(type<Record<Light, number>>()),
  get: procedure.input(z.object({ id, ...booksOn })).output(type<ProjectPage>()),
  history: procedure.input(z.object({ id, ...booksOn })).output(type<History>()),
};
