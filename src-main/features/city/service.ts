/** Invented service secretaries, whom they serve, and their visits. */
import { addDays } from "#domain/calendar.ts";
import type { Row, Values } from "#domain/registry.ts";
import { keysOf, visitForms } from "#domain/values.ts";
import type { Random } from "#features/demo/random.ts";
import { newId } from "#journal/journal.ts";
import type { Diary } from "./diary.ts";
import type { CityProject, Region } from "./projects.ts";
import { findings, followUps, personName } from "./words.ts";

export type Secretary = { id: string; office_id: string; name: string };

/** Projects of 50亿元 and more get a second secretary (加强型团队). */
const TEAM_FROM = 50_000_000;
const WEEKDAY_CYCLE = 7;

/** One clerk for every district, and the secretaries spread over districts and streets as the projects are. */
export function hirePeople(diary: Diary, regions: readonly Region[], secretaries: number, since: string): Secretary[] {
  const made: Secretary[] = [];
  let index = 0;
  const hire = (office: Row<"office">, duty: string, isSecretary: boolean) => {
    const person = { id: newId("person"), office_id: office.id, name: personName(index) };
    const values: Values<"person"> = {
      office_id: office.id,
      name: person.name,
      duty,
      phone: `0411-0000${String(index + 1).padStart(5, "0")}`,
      is_secretary: isSecretary ? 1 : 0,
      secretary_unit: isSecretary ? office.name : null,
    };
    index++;
    diary.note(since, { entity: "person", id: person.id, values });
    if (isSecretary) made.push(person);
  };
  for (const { district } of regions) hire(district, "发展改革局科员", false);
  const weights = regions.reduce((sum, { weight }) => sum + weight, 0);
  for (const [at, { district, streets, weight }] of regions.entries()) {
    const isLast = at === regions.length - 1;
    const wanted = isLast ? secretaries - made.length : Math.round((secretaries * weight) / weights);
    const posts = [district, ...streets];
    for (let number = 0; number < wanted; number++) {
      hire(posts[number % posts.length] ?? district, "项目服务秘书", true);
    }
  }
  return made;
}

/** By office: the secretaries that may serve its projects, its own before those of its district. */
export function secretariesByOffice(
  regions: readonly Region[],
  people: readonly Secretary[],
): Map<string, Secretary[]> {
  const own = Map.groupBy(people, ({ office_id }) => office_id);
  return new Map(
    regions.flatMap(({ district, streets }) =>
      [district, ...streets].map(({ id }) => [id, own.get(id) ?? own.get(district.id) ?? []] as const),
    ),
  );
}

/** Notes who serves the project; a twelfth of the projects has nobody yet. Returns the lead. */
export function tellService(
  random: Random,
  diary: Diary,
  project: CityProject,
  candidates: readonly Secretary[],
  today: string,
): Secretary | null {
  const [first, ...rest] = candidates;
  if (!first || random.chance(8)) return null;
  const lead = random.pick([first, ...rest]);
  const second = project.total >= TEAM_FROM ? candidates.find((person) => person !== lead) : undefined;
  const since = project.registered > today ? today : project.registered;
  for (const person of second ? [lead, second] : [lead]) {
    diary.note(since, {
      entity: "assignment",
      id: newId("assignment"),
      values: {
        project_id: project.id,
        person_id: person.id,
        role: person === lead ? "lead" : "member",
        from_on: since,
      },
    });
  }
  return lead;
}

/** Notes the lead's visits from the day `since` on; some projects have not been seen for long. */
export function tellVisits(
  random: Random,
  diary: Diary,
  project: CityProject,
  lead: Secretary,
  since: string,
  today: string,
): void {
  const from = project.registered > since ? project.registered : since;
  const gap = WEEKDAY_CYCLE * random.between(3, 10);
  let day = addDays(today, -(random.chance(80) ? random.between(0, 25) : random.between(31, 120)));
  for (let isNewest = true; day > from; isNewest = false) {
    const needsFollowUp = random.chance(25);
    const isOpen = isNewest && random.chance(50);
    const done = addDays(day, 7);
    diary.note(day, {
      entity: "visit",
      id: newId("visit"),
      values: {
        project_id: project.id,
        person_id: lead.id,
        visited_on: day,
        form: random.pick(keysOf(visitForms)),
        people_met: "演示：项目负责人、手续办理人员",
        findings: random.pick(findings),
        ...(needsFollowUp ? { follow_up: random.pick(followUps), follow_up_on: addDays(day, 14) } : {}),
        ...(needsFollowUp && !isOpen && done <= today ? { followed_up_on: done } : {}),
      },
    });
    day = addDays(day, -gap - random.between(-6, 12));
  }
}
