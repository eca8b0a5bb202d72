/** The ledger as it stood in this office's books at the end of a past day, from the log. Read only. */
import { type } from "@orpc/contract";
import { z } from "zod";
import type { Light } from "#domain/values.ts";
import { type History, historyLimit, id, isoDate, reading } from "./base.ts";
import { type ProjectPage, type ProjectWindow, projectFilter, projectWindow } from "./ledger.ts";

const booksOn = { booksOn: isoDate };

export const past = {
  /** The day of the first record in these books, and how far the making of a past day's books is. */
  state: reading.output(type<{ firstDay: string | null; making: { date: string; percent: number } | null }>()),
  /** Gives up the making of a past day's books; false when nothing is being made. */
  stop: reading.output(type<boolean>()),
  list: reading.input(projectWindow.extend(booksOn)).output(type<ProjectWindow>()),
  lightCounts: reading
    .input(z.object({ filter: projectFilter, asOf: isoDate, ...booksOn }))
    .output(type<Record<Light, number>>()),
  get: reading.input(z.object({ id, ...booksOn })).output(type<ProjectPage>()),
  history: reading.input(z.object({ id, limit: historyLimit, ...booksOn })).output(type<History>()),
};
