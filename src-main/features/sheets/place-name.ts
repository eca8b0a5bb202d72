import type { Office } from "#features/office.ts";

/** The place an office stands for, as a title names it: "大连市", "中山区", "中山区人民路街道". */
export function placeName(office: Office, officeId: string): string {
  const chosen = office.offices.find(({ id }) => id === officeId);
  if (!chosen || chosen.level === "city") return "大连市";
  return chosen.level === "street" ? `${office.districtName(officeId)}${chosen.name}` : chosen.name;
}
