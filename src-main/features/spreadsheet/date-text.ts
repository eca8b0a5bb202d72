/** Dates as clerks type them, to ISO text. Anything that is not one exact day (or month) gives null. */
import { addDays, isIsoDate, isIsoMonth } from "#domain/calendar.ts";

/** Serial numbers of 1954 to 2119: what a date cell without a date format looks like. */
const SERIAL = { first: 20_000, last: 80_000, epoch: "1899-12-30" };

const DAY_FORMS = [
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T|\s*)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/,
];
const MONTH_FORMS = [/^(\d{4})[-/.年](\d{1,2})月?(?:份)?$/, /^(\d{4})(\d{2})$/];

/** "2024-06-13" of 2024-06-13, 2024/6/13, 2024.6.13, 2024年6月13日, 20240613 or a serial number; else null. */
export function exactDay(cell: string | number): string | null {
  if (typeof cell === "number" || /^\d{5}(\.\d+)?$/.test(cell)) {
    const serial = Math.floor(Number(cell));
    if (serial >= SERIAL.first && serial <= SERIAL.last) return addDays(SERIAL.epoch, serial);
  }
  return firstMatch(DAY_FORMS, String(cell), isIsoDate);
}

/** "2026-05" of 2026-05, 2026/5, 2026年5月(份), 202605; an exact day gives its month; else null. */
export function exactMonth(cell: string | number): string | null {
  return exactDay(cell)?.slice(0, 7) ?? firstMatch(MONTH_FORMS, String(cell), isIsoMonth);
}

/** Longer than any day: what is not looked at more closely. */
const MAX_LENGTH = 60;

function firstMatch(forms: readonly RegExp[], given: string, isValid: (iso: string) => boolean): string | null {
  if (given.length > MAX_LENGTH) return null;
  const text = given
    .normalize("NFKC")
    .trim()
    .replaceAll(/\s*([-/.年月日])\s*/g, "$1");
  for (const form of forms) {
    const match = form.exec(text);
    if (!match) continue;
    const iso = match
      .slice(1)
      .map((part, index) => part.padStart(index === 0 ? 4 : 2, "0"))
      .join("-");
    if (isValid(iso)) return iso;
  }
  return null;
}
