/**
 * The version of each field of a row, packed in the row's `versions` column: `stamp=positions` groups joined
 * by ";", where a position is one character standing for the field's place in the registry. Sorted by stamp,
 * so the same versions always make the same text. A leading "!" marks a row with an entry in field_heads.
 */
import { type EntityName, entityNames, fieldsOf } from "#domain/registry.ts";
import type { Replaced } from "./change-set.ts";
import { STAMP_LENGTH } from "./stamp.ts";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

export type Versions = { byField: Map<string, string>; contested: boolean };

const codes = new Map(
  entityNames.map((entity) => {
    const names = fieldsOf(entity).map(([name]) => name);
    if (names.length > ALPHABET.length) throw new Error(`${entity} has more fields than positions`);
    return [entity, { names, position: new Map(names.map((name, index) => [name, ALPHABET[index] as string])) }];
  }),
);

function codeOf(entity: EntityName) {
  const code = codes.get(entity);
  if (!code) throw new Error(`no such entity: ${entity}`);
  return code;
}

export function parseVersions(entity: EntityName, packed: string): Versions {
  const { names } = codeOf(entity);
  const contested = packed.startsWith("!");
  const byField = new Map<string, string>();
  for (const group of (contested ? packed.slice(1) : packed).split(";")) {
    const [stamp, positions] = group.split("=");
    if (!stamp || !positions) continue;
    for (const character of positions) {
      const name = names[ALPHABET.indexOf(character)];
      if (name) byField.set(name, stamp);
    }
  }
  return { byField, contested };
}

export function packVersions(entity: EntityName, versions: Versions): string {
  const { names, position } = codeOf(entity);
  const groups = new Map<string, string>();
  for (const name of names) {
    const stamp = versions.byField.get(name);
    if (stamp) groups.set(stamp, (groups.get(stamp) ?? "") + position.get(name));
  }
  const packed = [...groups].sort(([left], [right]) => (left < right ? -1 : 1)).map((group) => group.join("="));
  return (versions.contested ? "!" : "") + packed.join(";");
}

/** The positions of some fields, given in registry order; `stamp=positions` is the version of a new row. */
export function positionsOf(entity: EntityName, written: readonly string[]): string {
  const { position } = codeOf(entity);
  let positions = "";
  for (const name of written) positions += position.get(name);
  return positions;
}

/**
 * The versions after a write of the fields at `positions` that comes after all that is there and replaces exactly what
 * it meets. Null when that is not so or not plain to see from the text: the whole rule must then be asked.
 */
export function versionsAfter(packed: string, positions: string, stamp: string, replaced: Replaced): string | null {
  if (packed.startsWith("!") || (replaced !== null && typeof replaced !== "string")) return null;
  let kept = "";
  let met = 0;
  for (let start = 0, end = 0; start < packed.length; start = end + 1) {
    const equals = start + STAMP_LENGTH;
    const semicolon = packed.indexOf(";", equals);
    end = semicolon < 0 ? packed.length : semicolon;
    let rest = "";
    for (let place = equals + 1; place < end; place++) {
      const position = packed[place] as string;
      if (!positions.includes(position)) rest += position;
    }
    const here = end - equals - 1 - rest.length;
    if (here > 0 && (replaced === null || !packed.startsWith(replaced, start))) return null;
    met += here;
    if (rest !== "") kept += `${packed.slice(start, equals)}=${rest};`;
    if (semicolon < 0 && packed.slice(start, equals) >= stamp) return null;
  }
  if (met !== (replaced === null ? 0 : positions.length)) return null;
  return `${kept}${stamp}=${positions}`;
}
