/** 速查卡 of an office level, signed by who prints it. */
import type { SheetRequest } from "#contract/reports.ts";
import { officeLevels } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { renderQuickGuide } from "#sheets/quick-guide.tsx";
import { type MadeSheet, originOf } from "./made-sheet.ts";

export function guideSheet(office: Office, { level }: Extract<SheetRequest, { sheet: "guide" }>): MadeSheet {
  return { title: `速查卡 ${officeLevels[level]}`, html: renderQuickGuide(level, originOf(office, [])), rows: 1 };
}
