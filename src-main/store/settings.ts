/** The settings in force, as stored. */
import { resolveSettings, type Settings } from "#domain/settings.ts";
import { query, type Store } from "./store.ts";

export function readSettings(store: Store): Settings {
  const stored = store.all(query.selectFrom("setting").select(["key", "value"]).where("archived_on", "is", null));
  return resolveSettings(new Map(stored.map(({ key, value }) => [key, value])));
}
