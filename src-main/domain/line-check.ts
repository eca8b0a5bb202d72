/**
 * A check number for one line of a text that is copied from paper by hand, so that a mistyped line can be named.
 * Printed beside the line and computed again while typing; it protects against slips, not against forgery.
 */

/** Four decimal digits: CRC-32 (IEEE) of the line's ASCII characters without blanks, modulo 10,000. */
export function lineCheck(line: string): string {
  let crc = 0xffffffff;
  for (const character of line.replaceAll(/\s/g, "")) {
    crc ^= (character.codePointAt(0) ?? 0) & 0xff;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (((crc ^ 0xffffffff) >>> 0) % 10_000).toString().padStart(4, "0");
}
