/** Names pasted from a sheet to projects of this office and below. */

import { activeProjectIds } from "#features/node-lists.ts";
import type { Office } from "#features/office.ts";
import { nameKey } from "#features/spreadsheet/match.ts";
import { query } from "#store/store.ts";

export type NameMatch = { name: string; projectId: string | null; reason: string };

/** By the name alone, width, blanks and punctuation aside: a name that two projects bear is not guessed. */
export function matchNames(office: Office, names: readonly string[]): NameMatch[] {
  const byName = new Map<string, string[]>();
  const projects = office.store.all(
    query.selectFrom("project").select(["id", "name"]).where("id", "in", activeProjectIds(office)),
  );
  for (const { id, name } of projects) {
    const key = nameKey(name);
    const known = byName.get(key);
    if (known) known.push(id);
    else byName.set(key, [id]);
  }
  return names.map((name) => {
    const [projectId = null, ...others] = byName.get(nameKey(name)) ?? [];
    if (projectId === null) return { name, projectId, reason: "台账里没有这个项目" };
    return others.length === 0
      ? { name, projectId, reason: "" }
      : { name, projectId: null, reason: `台账里有 ${others.length + 1} 个同名项目，请按行粘贴` };
  });
}
