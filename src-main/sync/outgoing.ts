/** Log rows as change sets of a payload. */
import { query, type Store } from "#store/store.ts";
import type { PayloadSet } from "./payload.ts";
import type { LogRow } from "./scope.ts";

/** Groups rows by change set, in the order of the log. */
export function bundledSets(store: Store, rows: readonly LogRow[]): PayloadSet[] {
  const sets = new Map<number, PayloadSet>();
  for (const { setId, entity, rowId, body } of rows) {
    const set = sets.get(setId) ?? readSet(store, setId);
    set.rows.push([entity, rowId, body]);
    sets.set(setId, set);
  }
  return [...sets.values()];
}

function readSet(store: Store, setId: number): PayloadSet {
  const set = store.first(query.selectFrom("change_set").selectAll().where("id", "=", setId));
  if (!set) throw new Error(`change set ${setId} is not in the log`);
  return {
    stamp: set.stamp,
    officeId: set.office_id,
    officeName: set.office_name,
    personId: set.person_id,
    personName: set.person_name,
    action: set.action,
    rows: [],
  };
}
