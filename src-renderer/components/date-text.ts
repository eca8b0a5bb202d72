import { isIsoDate } from "#domain/calendar.ts";

/**
 * A day as clerks type it: 2026-11-22, 20261122, 2026/11/22, 2026.11.22, 2026年11月22日, or 11-22 of
 * the year of `today`. Returns ISO text, or null when it is no day.
 */
export function parseDateText(input: string, today: string): string | null {
  const text = input.trim();
  const match =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ??
    /^()(\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (!match) return null;
  const [, year, month = "", day = ""] = match;
  const iso = `${year || today.slice(0, 4)}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isIsoDate(iso) ? iso : null;
}
