/** Invented service work on a project: secretaries and visits. */
import { addDays } from "#domain/calendar.ts";
import { keysOf, visitForms } from "#domain/values.ts";
import { newId, type Write } from "#journal/journal.ts";
import type { DemoProject } from "./nodes.ts";
import type { DemoPerson } from "./people.ts";
import type { Random } from "./random.ts";

const findings = [
  "演示：项目按计划推进，项目单位反映前期手续办理顺畅",
  "演示：现场查看施工进展，临时用电容量偏紧",
  "演示：座谈了解资金安排，项目单位希望对接银行",
  "演示：宣传容缺受理和多证合一政策",
  "演示：对接管网配套施工时序，需与属地街道会商",
] as const;
const followUps = [
  "演示：协调供电公司现场勘查",
  "演示：转交属地街道会商并回复",
  "演示：向项目单位送达政策汇编",
] as const;

/** Projects of 50 亿元 and more get a second secretary (加强型团队). */
const TEAM_FROM = 50_000_000;

/** Chooses the secretaries of a project among those of its office, its district or the city. */
export function demoAssignments(
  random: Random,
  project: DemoProject,
  secretaries: readonly DemoPerson[],
  today: string,
): { people: DemoPerson[]; writes: Write[] } {
  const [first, ...rest] = secretaries;
  if (!first || random.chance(15)) return { people: [], writes: [] };
  const lead = random.pick([first, ...rest]);
  const second = secretaries.find((person) => person !== lead);
  const people = second && (project.total_investment ?? 0) >= TEAM_FROM ? [lead, second] : [lead];
  const since = `${today.slice(0, 4)}-01-01`;
  const writes = people.map(
    (person): Write => ({
      entity: "assignment",
      id: newId("assignment"),
      values: {
        project_id: project.id,
        person_id: person.id,
        role: person === lead ? "lead" : "member",
        from_on: since < today ? since : today,
      },
    }),
  );
  return { people, writes };
}

/** Up to four visits of the last months; some projects are long due, some were never visited. */
export function demoVisits(
  random: Random,
  project: DemoProject,
  people: readonly DemoPerson[],
  today: string,
): Write[] {
  const [lead] = people;
  if (!lead || random.chance(12)) return [];
  let day = addDays(today, -(random.chance(70) ? random.between(0, 24) : random.between(31, 75)));
  const writes: Write[] = [];
  for (let count = random.between(1, 4); count > 0; count--) {
    const needsFollowUp = random.chance(35);
    const isOpen = writes.length === 0 && random.chance(60);
    writes.push({
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
        ...(needsFollowUp && !isOpen ? { followed_up_on: earlier(addDays(day, 7), today) } : {}),
      },
    });
    day = addDays(day, -random.between(9, 34));
  }
  return writes;
}

function earlier(left: string, right: string): string {
  return left < right ? left : right;
}
