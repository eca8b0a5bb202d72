/**
 * A whole invented city at realistic size: 719 projects as in 2018 or 3,200 as in 2023 with 378 secretaries, and two
 * years of nodes, visits, reports, plans, funds, permits, problems and closed months. The same for the same seed and day. Everything
 * goes through the journal, month by month, so that with a clock that follows the log remembers what each month knew.
 */
import { addMonths, monthOf } from "#domain/calendar.ts";
import { seededRandom } from "#features/demo/random.ts";
import type { Office } from "#features/office.ts";
import { appliedTables } from "#journal/apply.ts";
import { CityBooks } from "./books.ts";
import { Diary } from "./diary.ts";
import { tellIssues } from "./issues.ts";
import { tellMoney } from "./money.ts";
import { tellNodes } from "./nodes.ts";
import { tellPermits } from "./permits.ts";
import { cityProject, regionAt, regionsOf } from "./projects.ts";
import { hirePeople, secretariesByOffice, tellService, tellVisits } from "./service.ts";

export type CityPlan = {
  projects: number;
  secretaries: number;
  seed: number;
  /** The last day of the story. */
  today: string;
  /** Called before each bulk act with the day it is made on; sets the clock, or tells how far the work is. */
  onAct?: (day: string, records: number) => void;
};

const MONTHS = 24;

/** The month in which the records of the city begin. */
export function firstMonth(today: string): string {
  return addMonths(monthOf(today), 1 - MONTHS);
}

/** Fills the database of a city hub that has only its offices; returns how many records were written. */
export function fillCity(office: Office, { projects, secretaries, seed, today, onAct }: CityPlan): number {
  const random = seededRandom(seed);
  const first = firstMonth(today);
  const since = `${first}-01`;
  const diary = new Diary(first, today);
  const regions = regionsOf(office.offices);
  const people = secretariesByOffice(regions, hirePeople(diary, regions, secretaries, since));
  for (let number = 1; number <= projects; number++) {
    const region = regionAt(regions, random);
    diary.of(region.district.id);
    const project = cityProject(random, region, number, today);
    if (project.registered > today) project.registered = today;
    const lead = tellService(random, diary, project, people.get(project.values.office_id) ?? [], today);
    const shown = tellMoney(random, diary, project, first, today);
    diary.note(project.registered, {
      entity: "project",
      id: project.id,
      values: { ...project.values, ...shown },
    });
    tellNodes(random, diary, project, lead?.name ?? "", today);
    tellPermits(random, diary, project, today);
    if (lead) tellVisits(random, diary, project, lead, since, today);
    tellIssues(random, diary, project, since, today);
  }
  return writeDown(office, diary, first, onAct);
}

/**
 * In one transaction, with the indexes built once at the end: several times faster than act by act. A month is closed
 * when the next one is told, and with it the reports of the month; the last one that is over stays open.
 */
function writeDown(office: Office, diary: Diary, first: string, onAct: CityPlan["onAct"]): number {
  const { store } = office;
  const books = new CityBooks(office);
  let records = 0;
  let told = { month: first, day: "" };
  const closeMonthBefore = ({ month, day }: typeof told) => {
    if (month === first) return;
    for (const { actor, writes } of books.close(addMonths(month, -1), day)) {
      onAct?.(day, writes.length);
      office.journal.write(actor, "close_month", writes);
      records += writes.length;
    }
  };
  store.transaction(() =>
    store.withoutIndexes(appliedTables, () => {
      for (const { day, writes } of diary.acts()) {
        if (monthOf(day) !== told.month) closeMonthBefore(told);
        told = { month: monthOf(day), day };
        onAct?.(day, writes.length);
        office.write("create_demo", office.id, writes);
        books.take(writes);
        records += writes.length;
      }
    }),
  );
  return records;
}
