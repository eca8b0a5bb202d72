/** What all sheets share: how they are handed over, and who made them where, when and on what data. */
import type { Office } from "#features/office.ts";
import type { SheetOrigin } from "#sheets/document.tsx";
import { dataStateOf } from "./data-state.ts";

/** A laid-out sheet: one HTML document, its title, and how many projects it shows. */
export type MadeSheet = { title: string; html: string; rows: number };

/** 制表单位、制表人、制表日期 and the data's state for projects of the offices `officeIds`. Throws Failure not_signed_in. */
export function originOf(office: Office, officeIds: Iterable<string>): SheetOrigin {
  const { officeName, personName } = office.actor;
  return { office: officeName, person: personName, date: office.today, dataState: dataStateOf(office, officeIds) };
}
