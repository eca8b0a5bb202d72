/**
 * The demo: a founded city hub filled with 120 published projects and invented people, nodes, visits and
 * progress. Everything goes through the journal; everything is dated relative to today.
 */
import { ancestorsOf } from "#domain/office-tree.ts";
import type { Row } from "#domain/registry.ts";
import type { Office } from "#features/office.ts";
import type { Actor } from "#journal/change-set.ts";
import { newId, type Write } from "#journal/journal.ts";
import { closeDemoMonths } from "./books.ts";
import { demoIssues } from "./issues.ts";
import { type DemoNode, type DemoProject, demoNodes } from "./nodes.ts";
import { type DemoPerson, demoPeople } from "./people.ts";
import { demoPermits } from "./permits.ts";
import { demoPlans, demoStats } from "./plans.ts";
import published from "./public-projects.json" with { type: "json" };
import { type Random, seededRandom } from "./random.ts";
import { demoAssignments, demoVisits } from "./service.ts";

const SEED = 20_261_122;
const OVER_100M = 1_000_000;

/** Fills the database of a city hub that has only its offices and the person at the keyboard. */
export function fillDemo(office: Office): void {
  const { today } = office;
  const random = seededRandom(SEED);
  // Of their own, so that the rest of the demo stays as it was.
  const issueRandom = seededRandom(SEED + 1);
  const named = { name: `${office.self.name}（演示）` };
  office.write("create_demo", office.id, [{ entity: "office", id: office.id, values: named }]);
  const offices = office.offices;
  const projects = demoProjects(offices);
  const people = demoPeople(offices, new Set(projects.map((project) => project.office_id)));
  const writes: Write[] = people.map(({ id, values }) => ({ entity: "person", id, values }));
  const nodes: DemoNode[] = [];
  for (const { id, ...values } of projects) writes.push({ entity: "project", id, values });
  // Somebody is always still without a secretary, whatever the others draw.
  const lacking = projects.find(
    ({ stage, total_investment }) => stage === "preparatory" && (total_investment ?? 0) >= OVER_100M,
  );
  for (const project of projects) {
    const assigned = demoAssignments(random, project, secretariesFor(offices, people, project), today);
    const planned = demoNodes(random, project, assigned.people[0]?.values.name ?? "", today);
    nodes.push(...planned);
    writes.push(...planned.map(({ id, values }): Write => ({ entity: "node", id, values })));
    writes.push(
      ...(project === lacking ? [] : assigned.writes),
      ...demoVisits(random, project, assigned.people, today),
    );
    writes.push(...demoIssues(issueRandom, project, assigned.people, today));
  }
  // A sequence of its own: what other parts of the demo draw does not change it.
  const planRandom = seededRandom(SEED + 1);
  for (const project of projects) {
    writes.push(...demoPlans(planRandom, project, today));
    writes.push({ entity: "project", id: project.id, values: demoStats(planRandom, project) });
  }
  writes.push(...demoPermits(projects, today));
  office.write("create_demo", office.id, writes);
  addHistory(office, random, projects, nodes, people);
  closeDemoMonths(office, random, projects);
}

/** The published rows as new projects. What is invented about them says so in the remarks. */
function demoProjects(offices: readonly Row<"office">[]): DemoProject[] {
  const invented = "演示库：责任单位、节点、走访、秘书和月度进度均为虚构";
  return (published.projects as Omit<DemoProject, "id">[]).map((given) => {
    const manager = offices.find(({ id }) => id === given.office_id);
    const total = given.total_investment ?? 0;
    return {
      id: newId("project"),
      ...given,
      lists: total >= OVER_100M ? "list_over_100m" : null,
      responsible_unit: manager && manager.level !== "city" ? `${manager.name}（演示）` : null,
      note: given.note ? `${given.note}；${invented}` : invented,
    };
  });
}

/** Secretaries of the project's own office, else of its district, else of the city. */
function secretariesFor(
  offices: readonly Row<"office">[],
  people: readonly DemoPerson[],
  project: DemoProject,
): DemoPerson[] {
  for (const { id } of ancestorsOf(offices, project.office_id)) {
    const found = people.filter(({ values }) => values.office_id === id && values.is_secretary === 1);
    if (found.length > 0) return found;
  }
  return [];
}

/** Some acts of a colleague, so that the history of records has something to tell. */
function addHistory(
  office: Office,
  random: Random,
  projects: readonly DemoProject[],
  nodes: readonly DemoNode[],
  people: readonly DemoPerson[],
): void {
  const colleague = people.find(({ values }) => values.office_id === office.id);
  if (!colleague) return;
  const { officeId, officeName } = office.actor;
  const actor: Actor = { officeId, officeName, personId: colleague.id, personName: colleague.values.name };
  for (const node of nodes) {
    if (!node.returnedFor) continue;
    const review = { audit_state: "returned" as const, reviewed_on: office.today, review_note: node.returnedFor };
    office.journal.write(actor, "return_node", [{ entity: "node", id: node.id, values: review }]);
  }
  for (const project of projects) {
    if (!random.chance(10)) continue;
    const values = { sponsor: "何示例", problems: "演示：需协调外部管网配套时序" };
    office.journal.write(actor, "update_project", [{ entity: "project", id: project.id, values }]);
  }
}
