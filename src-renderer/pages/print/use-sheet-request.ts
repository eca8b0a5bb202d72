import type { SheetRequest } from "#contract/reports.ts";
import { addMonths, monthOf } from "#domain/calendar.ts";
import { maxMonths } from "#domain/paper.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import type { PrintSearch } from "./route.tsx";

/** The months a progress sheet shows: at most what the paper carries, by default the year up to the light date. */
export function sheetMonths({ paper = "A4", fromMonth, month }: PrintSearch, asOf: string) {
  const last = month ?? monthOf(asOf);
  const earliest = addMonths(last, 1 - maxMonths(paper));
  const wanted = fromMonth ?? earliest;
  return { paper, month: last, fromMonth: wanted < earliest ? earliest : wanted > last ? last : wanted };
}

/** The sheet the address asks for, or null while its project or visit is not chosen. */
export function useSheetRequest(search: PrintSearch): SheetRequest | null {
  const { asOf } = useLightDate();
  const { sheet = "progress", projectId, visitId, filter = {}, sort } = search;
  if (sheet === "card") return projectId ? { sheet, projectId, asOf } : null;
  if (sheet === "visit") return visitId ? { sheet, visitId, asOf } : null;
  return { sheet, ...sheetMonths(search, asOf), filter, sort, asOf };
}
