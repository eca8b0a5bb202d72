import { addMonths, monthOf } from "#domain/calendar.ts";
import { maxMonths } from "#domain/paper.ts";
import type { PrintSearch } from "./search.ts";

/** The months a progress sheet shows: by default as many as the paper carries, up to that of the light date. */
export function sheetMonths({ paper = "A4", fromMonth, month }: PrintSearch, asOf: string) {
  const last = month ?? monthOf(asOf);
  const earliest = addMonths(last, 1 - maxMonths(paper));
  const wanted = fromMonth ?? earliest;
  return { paper, month: last, fromMonth: wanted < earliest ? earliest : wanted > last ? last : wanted };
}
