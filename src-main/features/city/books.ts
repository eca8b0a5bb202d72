/**
 * The closed months of an invented city and its districts, worked out from what its diary tells, by the rules
 * that closing goes by: asking the tables for two years of figures would take longer than writing them.
 */
import { actionLabel } from "#domain/actions.ts";
import { planOfYear } from "#domain/annual-plan.ts";
import { monthOf, monthRange } from "#domain/calendar.ts";
import { changesBetween, listedIn, type ProjectFacts } from "#domain/correction.ts";
import { isDone } from "#domain/light.ts";
import { districtOf } from "#domain/office-tree.ts";
import { type LightRules, type NamedNode, nodesVerdict } from "#domain/project-light.ts";
import type { Row, Values } from "#domain/registry.ts";
import {
  addFigures,
  type Correction,
  type Figures,
  figuresOf,
  noFigures,
  type ProjectFigures,
  type StatementTotals,
  storedTotals,
} from "#domain/statement.ts";
import { storedFigures } from "#features/books/figures.ts";
import { partsOf } from "#features/books/statements.ts";
import type { Office } from "#features/office.ts";
import type { Actor } from "#journal/change-set.ts";
import { newId, type Write } from "#journal/journal.ts";

/** One office's month, as its clerk closes it. */
export type ClosedMonth = { actor: Actor; writes: Write[] };

/** A project in the month that is closed. */
type Standing = { projectId: string; managedBy: string; figures: ProjectFigures; line: Values<"statement_line"> };

type Report = Values<"monthly_progress">;

type Compared = ProjectFigures & Pick<ProjectFacts, "imageProgress">;

/** What is known of one project so far. */
type Told = {
  values: Values<"project">;
  nodes: NamedNode[];
  reports: Map<string, Report>;
  plans: Map<number, Values<"annual_plan">>;
  /** What closed months say, kept when a later report says otherwise. */
  closed: Map<string, Compared>;
  hasNews: boolean;
};

export class CityBooks {
  private readonly projects = new Map<string, Told>();
  private readonly nodes = new Map<string, NamedNode>();
  private readonly months: string[] = [];
  private readonly statements: Pick<StatementTotals, "corrections">[] = [];
  /** Who closes the months of each office, the districts before the city. */
  private readonly closers = new Map<string, Actor>();
  private readonly offices: Row<"office">[];
  /** Of every office the district it belongs to. */
  private readonly districtIds: ReadonlyMap<string, string | undefined>;
  private readonly rules: LightRules;

  constructor(private readonly office: Office) {
    this.rules = office.lightRules;
    const { offices } = office;
    this.offices = offices;
    this.districtIds = new Map(offices.map(({ id }) => [id, districtOf(offices, id)?.id]));
  }

  /** Takes in what one act of the diary writes. */
  take(writes: readonly Write[]): void {
    for (const { entity, id, values } of writes) {
      if (entity === "project") Object.assign(this.told(id).values, values);
      else if (entity === "person") this.takePerson(id, values);
      else if (entity === "node") this.takeNode(id, values);
      else if (entity === "annual_plan") this.told(values.project_id).plans.set(values.year ?? 0, values);
      else if (entity === "monthly_progress") this.takeReport(values);
    }
  }

  /** `month` as every district that has projects closes it on `day`, and then the city. */
  close(month: string, day: string): ClosedMonth[] {
    const all = [...this.projects].map(([projectId, told]) => this.standing(projectId, told, month));
    const corrections = this.corrections(day);
    this.months.push(month);
    this.statements.push({ corrections });
    const districts = Map.groupBy(all, ({ managedBy }) => this.districtIds.get(managedBy));
    const ofDistricts = [...this.closers].flatMap(([officeId, actor]) => {
      const own = districts.get(officeId) ?? [];
      if (own.length === 0) return [];
      const ids = new Set(own.map(({ projectId }) => projectId));
      const listed = corrections.filter(({ projectId }) => ids.has(projectId));
      return [{ actor, writes: this.statement(actor, month, day, own, listed) }];
    });
    const { actor } = this.office;
    return [...ofDistricts, { actor, writes: this.statement(actor, month, day, all, corrections) }];
  }

  /** The statement of one office and the lines of its projects. */
  private statement(
    { officeId, personName }: Actor,
    month: string,
    day: string,
    own: readonly Standing[],
    corrections: Correction[],
  ): Write[] {
    const { office, rules } = this;
    const byOffice = new Map<string, Figures>();
    for (const { managedBy, figures } of own)
      byOffice.set(managedBy, addFigures([byOffice.get(managedBy) ?? noFigures, figuresOf(figures)]));
    const parts = partsOf(office, officeId, byOffice);
    const whole = addFigures(parts.map(({ figures }) => figures));
    const { last: date } = monthRange(month);
    const totals = storedTotals({ date, whole, parts, corrections, correctionTotal: corrections.length });
    const id = newId("month_statement");
    const values = { office_id: officeId, month, frozen_on: day, person_name: personName, totals };
    return [
      { entity: "month_statement", id, values: { ...values, rules: JSON.stringify(rules) } },
      ...own.map(
        ({ line }): Write => ({
          entity: "statement_line",
          id: newId("statement_line"),
          values: { ...line, statement_id: id, office_id: officeId },
        }),
      ),
    ];
  }

  private standing(projectId: string, told: Told, month: string): Standing {
    const managedBy = told.values.office_id ?? this.office.id;
    const figures = this.figures(told, month);
    const { reason } = nodesVerdict(told.nodes, monthRange(month).last, this.rules);
    const line = {
      project_id: projectId,
      managed_by: managedBy,
      month,
      ...storedFigures(figures),
      reason: reason.slice(0, 400) || null,
      image_progress: told.reports.get(month)?.image_progress ?? null,
    };
    return { projectId, managedBy, figures, line };
  }

  /** The clerk of a district keeps its books. */
  private takePerson(personId: string, { office_id, name, is_secretary }: Values<"person">): void {
    const district = this.offices.find(({ id, level }) => id === office_id && level === "district");
    if (!district || is_secretary === 1 || this.closers.has(district.id)) return;
    this.closers.set(district.id, {
      officeId: district.id,
      officeName: district.name,
      personId,
      personName: name ?? "",
    });
  }

  private told(id: string | null | undefined): Told {
    const key = id ?? "";
    const known = this.projects.get(key);
    if (known) {
      known.hasNews = true;
      return known;
    }
    const made = { values: {}, nodes: [], reports: new Map(), plans: new Map(), closed: new Map(), hasNews: true };
    this.projects.set(key, made);
    return made;
  }

  private takeNode(id: string, values: Values<"node">): void {
    const known = this.nodes.get(id);
    if (known) {
      Object.assign(known, values);
      return;
    }
    const { name = "", planned_on = null, actual_on = null, audit_state } = values;
    const node = { name: name ?? "", planned_on, actual_on, audit_state: audit_state ?? "draft" };
    this.nodes.set(id, node);
    this.told(values.project_id).nodes.push(node);
  }

  private takeReport(values: Report): void {
    const told = this.told(values.project_id);
    const month = values.month ?? "";
    // The year's sum changes for its later months too.
    for (const closed of this.months.filter((each) => each >= month && each.slice(0, 4) === month.slice(0, 4))) {
      if (!told.closed.has(closed)) told.closed.set(closed, this.compared(told, closed));
    }
    told.reports.set(month, { ...told.reports.get(month), ...values });
  }

  private compared(told: Told, month: string): Compared {
    return { ...this.figures(told, month), imageProgress: told.reports.get(month)?.image_progress ?? "" };
  }

  private figures({ values, nodes, reports, plans }: Told, month: string): ProjectFigures {
    const { rules } = this;
    const date = monthRange(month).last;
    const year = Number(month.slice(0, 4));
    const due = nodes.filter(({ planned_on }) => planned_on !== null && monthOf(planned_on) === month);
    const isLate = (node: NamedNode) =>
      node.planned_on !== null && node.planned_on < date && !isDone(node, date, rules);
    const isInTime = (node: NamedNode) =>
      isDone(node, date, rules) && (node.actual_on ?? "") <= (node.planned_on ?? "");
    const completed = [...reports]
      .filter(([each]) => each >= `${year}-01` && each <= month)
      .flatMap(([, { completed_investment }]) => completed_investment ?? []);
    const ledger = { annual_plan_investment: values.annual_plan_investment ?? null, as_of: values.as_of ?? null };
    const planned_investment = plans.get(year)?.planned_investment ?? null;
    return {
      light: nodesVerdict(nodes, date, rules).light,
      nodesDue: due.length,
      nodesDone: due.filter(isInTime).length,
      nodesOverdue: nodes.filter(isLate).length,
      annualPlan: planOfYear(ledger, { planned_investment }, year)?.amount ?? null,
      monthPlanned: reports.get(month)?.planned_investment ?? null,
      monthCompleted: reports.get(month)?.completed_investment ?? null,
      yearCompleted: completed.length === 0 ? null : completed.reduce((sum, each) => sum + each, 0),
    };
  }

  /** Closed months of which the reports of the month just told say otherwise, as a statement lists them. */
  private corrections(day: string): Correction[] {
    const { office } = this;
    const isListed = listedIn(this.statements);
    const cause = { at: `${day} 17:00`, who: `${office.self.name} ${office.actor.personName}` };
    return [...this.projects].flatMap(([projectId, told]) => {
      if (!told.hasNews) return [];
      told.hasNews = false;
      return [...told.closed].flatMap(([month, frozen]) => {
        const changes = changesBetween(frozen, this.compared(told, month));
        if (changes.length === 0 || isListed({ month, projectId, changes })) return [];
        const { name, office_id } = told.values;
        const officeName = office.offices.find(({ id }) => id === office_id)?.name ?? "";
        const causes = [{ ...cause, what: `${actionLabel("create_demo")}：${month}` }];
        return [{ month, projectId, projectName: name ?? "", officeName, changes, causes }];
      });
    });
  }
}
