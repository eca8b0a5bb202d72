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

/** The place an office stands for, as a title names it: "大连市", "中山区", "中山区人民路街道". */
export function placeName(office: Office, officeId: string): string {
  const chosen = office.offices.find(({ id }) => id === officeId);
  if (!chosen || chosen.level === "city") return "大连市";
  return chosen.level === "street" ? `${office.districtName(officeId)}${chosen.name}` : chosen.name;
}
