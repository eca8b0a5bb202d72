/** Figures made ready a portion at a time, while other calls are answered. */
import { setImmediate as pause } from "node:timers/promises";
import { addMonths, monthOf } from "#domain/calendar.ts";
import type { Office } from "#features/office.ts";
import type { Store } from "#store/store.ts";
import { type Basis, basisOf, basisOn } from "./basis.ts";
import { figuresInPortions } from "./figures.ts";

/** By store, what is being made, so that two calls wait for the same. */
const making = new WeakMap<Store, Map<string, Promise<void>>>();

/** Ends when the figures on this basis can be asked for without delay, or when the database is closed. */
export function figuresReady({ store }: Pick<Office, "store">, basis: Basis): Promise<void> {
  const ofStore = making.get(store) ?? new Map<string, Promise<void>>();
  making.set(store, ofStore);
  const key = JSON.stringify(basis);
  const known = ofStore.get(key);
  if (known) return known;
  const made = makeReady(store, basis).finally(() => ofStore.delete(key));
  ofStore.set(key, made);
  return made;
}

async function makeReady(store: Store, basis: Basis): Promise<void> {
  if (!store.sqlite.open) return;
  for (const _ of figuresInPortions(store, basis)) {
    await pause();
    if (!store.sqlite.open) return;
  }
}

/** Makes ready what the first screens ask for: today, and the month that is next to be closed. */
export async function warmUp(office: Office): Promise<void> {
  const { store, today } = office;
  await figuresReady(office, basisOn(office, today));
  if (store.sqlite.open) await figuresReady(office, basisOf(office, addMonths(monthOf(today), -1)));
}
