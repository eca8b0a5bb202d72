/** Makes a data folder with a whole invented city (features/city), for trying the program at realistic size. */
import { join } from "node:path";
import { localDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { fillCity, firstMonth } from "#features/city/city.ts";
import { Office } from "#features/office.ts";
import { CITY_ID } from "#features/setup/founding-offices.ts";
import { Journal } from "#journal/journal.ts";
import { openStore } from "#store/open.ts";
import type { CoreOptions } from "./core-state.ts";
import { DATABASE_FILE, openCore } from "./create-core.ts";
import { localClient } from "./router.ts";

const SEED = 20_261_122;

export type CityMade = { records: number; projects: number };

/**
 * Founds the city in an empty data folder and writes two years of it up to today, the log dated as the work would
 * have been. `onMonth` hears of every month begun. Throws Failure office_already_set_up.
 */
export async function createCity(
  options: Omit<CoreOptions, "now">,
  size: { projects: number; secretaries: number },
  onMonth: (month: string) => void = () => undefined,
): Promise<CityMade> {
  const end = new Date();
  const today = localDate(end);
  let clock = new Date(`${firstMonth(today)}-01T09:00:00`);
  const now = () => clock;
  const core = await openCore({ ...options, now });
  try {
    const call = localClient(core.router);
    if ((await call.setup.state()).office) throw new Failure("office_already_set_up");
    await call.setup.createCityHub({ personName: "张示例", duty: "投资科科员" });
  } finally {
    core.close();
  }
  const store = await openStore(join(options.dataFolder, DATABASE_FILE));
  try {
    const journal = new Journal(store, store.readMeta("replica") ?? "", () => clock.getTime());
    const office = new Office(store, journal, CITY_ID, { ...options, now });
    const person = (store.prepare("select id from person").pluck().get() as string | undefined) ?? "";
    office.choosePerson(person);
    const records = fillCity(office, {
      ...size,
      seed: SEED,
      today,
      onAct: (day) => {
        if (day.slice(0, 7) !== localDate(clock).slice(0, 7)) onMonth(day.slice(0, 7));
        clock = day === today ? end : new Date(`${day}T17:00:00`);
      },
    });
    store.writeMeta("demo", "1");
    store.sqlite.exec("analyze");
    return { records, projects: size.projects };
  } finally {
    store.close();
  }
}
