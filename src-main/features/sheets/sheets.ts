/** 打印 (F19): fills the sheets of src-main/sheets from the ledger, as HTML for preview and as PDF. */
import type { sheets as contract, SheetRequest } from "#contract/reports.ts";
import { Failure } from "#domain/failure.ts";
import type { Handlers } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { monthSheet, periodSheet } from "./books.ts";
import { cardSheet } from "./card.ts";
import { guideSheet } from "./guide.ts";
import { issueListSheet, supervisionSheet } from "./issues.ts";
import { lightsSheet } from "./lights.ts";
import { listSheet } from "./list.ts";
import type { MadeSheet } from "./made-sheet.ts";
import { permitSheet } from "./permits.ts";
import { progressSheet } from "./progress.ts";
import { visitSheet } from "./visit.ts";

export const sheets: Handlers<typeof contract> = {
  html: (office, request) => makeSheet(office, request),

  /** Throws Failure printer_unavailable where no browser that prints is installed. */
  pdf: async (office, request, signal) => {
    const { printPdf } = office.environment;
    if (!printPdf) throw new Failure("printer_unavailable");
    const { title, html } = await makeSheet(office, request);
    // A visit record is named after its own day already.
    const day = request.sheet === "visit" ? "" : `_${request.asOf}`;
    const name = `${title}${day}.pdf`.replaceAll(/[\\/:*?"<>|\s]/g, "_");
    return new File([Uint8Array.from(await printPdf(html, signal))], name, { type: "application/pdf" });
  },
};

function makeSheet(office: Office, request: SheetRequest): MadeSheet | Promise<MadeSheet> {
  switch (request.sheet) {
    case "progress":
      return progressSheet(office, request);
    case "card":
      return cardSheet(office, request);
    case "permits":
      return permitSheet(office, request);
    case "visit":
      return visitSheet(office, request);
    case "guide":
      return guideSheet(office, request);
    case "issues":
      return issueListSheet(office, request);
    case "supervision":
      return supervisionSheet(office, request);
    case "list":
      return listSheet(office, request);
    case "lights":
      return lightsSheet(office, request);
    case "month":
      return monthSheet(office, request);
    case "period":
      return periodSheet(office, request);
  }
}
