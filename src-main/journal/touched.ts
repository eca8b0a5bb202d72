/** The numbers of the change sets that touched a row, as the row remembers them: base 36, in order of arrival. */

export function numbersIn(touched: string): number[] {
  return touched === "" ? [] : touched.split(" ").map((number) => Number.parseInt(number, 36));
}

/** The last of them; 0 for none. */
export function lastNumberIn(touched: string): number {
  return touched === "" ? 0 : Number.parseInt(touched.slice(touched.lastIndexOf(" ") + 1), 36);
}

export function appendNumbers(touched: string, changes: readonly { number: number }[]): string {
  let text = touched;
  for (const { number } of changes) text += (text === "" ? "" : " ") + number.toString(36);
  return text;
}
