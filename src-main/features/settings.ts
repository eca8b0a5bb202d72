/** City-wide settings with their sources side by side (domain/settings.ts). Only the city changes them. */
import type { settings as contract, SettingEntry } from "#contract/office.ts";
import { Failure } from "#domain/failure.ts";
import { type SettingKey, settingDefinitions, settingKeys } from "#domain/settings.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import type { Handlers } from "./handlers.ts";
import type { Office } from "./office.ts";

export const settings: Handlers<typeof contract> = {
  list: (office) => listSettings(office),

  save: (office, { key, value, source }) => {
    const { level, name } = office.self;
    if (level !== "city") throw new Failure("not_permitted", { office: name, what: "全市设定", who: "市级" });
    if (!isSettingKey(key)) throw new Failure("not_found", { what: "设定" });
    const definition = settingDefinitions[key];
    const parsed = definition.schema.safeParse(value);
    if (!parsed.success) {
      const reason = parsed.error.issues[0]?.message ?? "不正确";
      throw new Failure("invalid_value", { where: "设定", field: definition.label, reason });
    }
    const id = newId("setting", { key });
    const values = { key, value: JSON.stringify(parsed.data), source: source.trim() || null, archived_on: null };
    return office.write("save_setting", id, [{ entity: "setting", id, values }]);
  },
};

export function listSettings(office: Office): SettingEntry[] {
  const current = office.settings;
  const stored = new Map(
    office.store
      .all(query.selectFrom("setting").select(["key", "source"]).where("archived_on", "is", null))
      .map(({ key, source }) => [key, source]),
  );
  return settingKeys.map((key) => {
    const { label, unit, initial, source } = settingDefinitions[key];
    return {
      key,
      label,
      unit,
      value: current[key],
      source: stored.has(key) ? stored.get(key) || "市级设定，未注明依据" : source,
      isInitial: JSON.stringify(current[key]) === JSON.stringify(initial),
    };
  });
}

function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(settingDefinitions, key);
}
