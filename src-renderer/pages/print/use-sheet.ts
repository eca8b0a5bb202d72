import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { SheetRequest } from "#contract/reports.ts";
import { addMonths, monthOf } from "#domain/calendar.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api, client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { saveFile } from "#renderer/components/save-file.ts";
import type { PrintSearch } from "./search.ts";
import { sheetMonths } from "./sheet-months.ts";

/** The sheet the address asks for: its laid-out document, and its making as PDF, which can be given up. */
export function useSheet(search: PrintSearch) {
  const { asOf } = useLightDate();
  const request = requestOf(search, asOf);
  const layout = useQuery({
    ...api.sheets.html.queryOptions({ input: request ?? emptyRequest(asOf) }),
    enabled: request !== null,
    placeholderData: keepPreviousData,
  });
  const making = useRef<AbortController>(null);
  const make = (input: SheetRequest) => {
    making.current = new AbortController();
    return client.sheets.pdf(input, { signal: making.current.signal });
  };
  const pdf = useWrite(make, {
    done: "PDF 已生成并下载。",
    onDone: (file) => saveFile(file),
    inlineError: true,
  });
  const cancelPdf = () => {
    making.current?.abort();
    pdf.reset();
  };
  const document = request === null ? undefined : layout.data;
  return { request, layout, pdf, cancelPdf, document, isReady: document !== undefined && !layout.isPlaceholderData };
}

export type PreparedSheet = ReturnType<typeof useSheet>;

/** Null while the project, visit or issue is not chosen. */
function requestOf(search: PrintSearch, asOf: string): SheetRequest | null {
  const { sheet = "progress", projectId, visitId, filter = {}, sort } = search;
  if (sheet === "guide") return { sheet, level: search.level ?? "street", asOf };
  if (sheet === "list") {
    const { list, columns, paper = "A4" } = search;
    return list && columns ? { sheet, list, columns, paper, asOf } : null;
  }
  if (sheet === "permits") {
    const { paper = "A4", permitFilter = {} } = search;
    return { sheet, paper, projectId, filter: permitFilter, asOf };
  }
  if (sheet === "card") return projectId ? { sheet, projectId, asOf } : null;
  if (sheet === "visit") return visitId ? { sheet, visitId, asOf } : null;
  if (sheet === "supervision") return search.issueId ? { sheet, issueId: search.issueId, asOf } : null;
  if (sheet === "issues") {
    const { paper = "A4", issueFilter = {}, issueSort } = search;
    return { sheet, paper, filter: issueFilter, sort: issueSort, asOf };
  }
  if (sheet === "lights") return { sheet, filter, sort, asOf };
  const { month = addMonths(monthOf(asOf), -1), year = Number(asOf.slice(0, 4)), quarter = null, officeId } = search;
  if (sheet === "month") return { sheet, month, officeId, asOf };
  if (sheet === "period") return { sheet, year, quarter, officeId, asOf };
  return { sheet, ...sheetMonths(search, asOf), filter, sort, asOf };
}

/** Never sent: the query is disabled while there is nothing to ask for. */
const emptyRequest = (asOf: string): SheetRequest => ({ sheet: "card", projectId: "none", asOf });
