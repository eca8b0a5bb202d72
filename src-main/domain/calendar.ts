/** Dates as ISO text ("2026-11-22", "2026-11"), never as Date objects: no time zone can shift them. */

const DAY_MS = 86_400_000;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const ISO_MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** True for a real calendar day from 1900-01-01 to 2199-12-31. Arithmetic only: an import asks this for every date. */
export function isIsoDate(value: string): boolean {
  if (!ISO_DATE.test(value)) return false;
  const year = Number(value.slice(0, 4));
  const month = Number(value.slice(5, 7));
  const day = Number(value.slice(8));
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return year >= 1900 && year < 2200 && day >= 1 && day <= days;
}

/** True for a month such as "2026-11". */
export function isIsoMonth(value: string): boolean {
  const match = ISO_MONTH.exec(value);
  return match !== null && Number(match[1]) >= 1900 && Number(match[1]) < 2200;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The day `days` after `date` (before it when negative). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** "2026-11" of "2026-11-22". */
export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** 1 to 4: of a month or a day. */
export function quarterOf(month: string): number {
  return Math.ceil(Number(month.slice(5, 7)) / 3);
}

/** The month `months` after `month`. */
export function addMonths(month: string, months: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
}

/** First and last day of a month. */
export function monthRange(month: string): { first: string; last: string } {
  return { first: `${month}-01`, last: addDays(`${addMonths(month, 1)}-01`, -1) };
}

/** The local calendar day of an instant, on the clock of this PC. */
export function localDate(instant: Date): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${instant.getFullYear()}-${pad(instant.getMonth() + 1)}-${pad(instant.getDate())}`;
}

/** "2026-11-22 09:05" of an epoch time in ms, on the clock of this PC. */
export function localDateTime(epochMs: number): string {
  const instant = new Date(epochMs);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${localDate(instant)} ${pad(instant.getHours())}:${pad(instant.getMinutes())}`;
}
