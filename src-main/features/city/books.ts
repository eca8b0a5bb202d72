/**
 * The closed months of an invented city, worked out from what its diary tells, by the rules that closing goes
 * by: asking the tables for two years of figures would take longer than writing them.
 */
import { actionLabel } from "#domain/actions.ts";
import { planOfYear } from "#domain/annual-plan.ts";
import { monthOf, monthRange } from "#domain/calendar.ts";
import { changesBetween, listedIn } from "#domain/correction.ts";
import { isDone } from "#domain/light.ts";
import { type LightRules, type NamedNode, nodesVerdict } from "#domain/project-light.ts";
import type { Values } from "#domain/registry.ts";
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
import { newId, type Write } from "#journal/journal.ts";

type Report = Values<"monthly_progress">;

/** What is known of one project so far. */
type Told = {
  values: Values<"project">;
  nodes: NamedNode[];
  reports: Map<string, Report>;
  plans: Map<number, Values<"annual_plan">>;
  /** Figures of closed months, kept when a later report says otherwise. */
  closed: Map<string, ProjectFigures>;
  hasNews: boolean;
};

export class CityBooks {
  private readonly projects = new Map<string, Told>();
  private readonly nodes = new Map<string, NamedNode>();
  private readonly months: string[] = [];
  private readonly statements: StatementTotals[] = [];
  private readonly rules: LightRules;

  constructor(private readonly office: Office) {
    this.rules = office.lightRules;
  }

  /** Takes in what one act of the diary writes. */
  take(writes: readonly Write[]): void {
    for (const { entity, id, values } of writes) {
      if (entity === "project") Object.assign(this.told(id).values, values);
      else if (entity === "node") this.takeNode(id, values);
      else if (entity === "annual_plan") this.told(values.project_id).plans.set(values.year ?? 0, values);
      else if (entity === "monthly_progress") this.takeReport(values);
    }
  }

  /** The statement of `month` and its lines, as they are closed on `day`. */
  close(month: string, day: string): { statementId: string; writes: Write[] } {
    const { office, rules } = this;
    const statementId = newId("month_statement");
    const date = monthRange(month).last;
    const byOffice = new Map<string, Figures>();
    const lines: Write[] = [];
    for (const [project_id, told] of this.projects) {
      const managed_by = told.values.office_id ?? office.id;
      const figures = this.figures(told, month);
      byOffice.set(managed_by, addFigures([byOffice.get(managed_by) ?? noFigures, figuresOf(figures)]));
      lines.push({
        entity: "statement_line",
        id: newId("statement_line"),
        values: {
          statement_id: statementId,
          project_id,
          office_id: office.id,
          managed_by,
          month,
          ...storedFigures(figures),
          reason: nodesVerdict(told.nodes, date, rules).reason.slice(0, 400) || null,
          image_progress: told.reports.get(month)?.image_progress ?? null,
        },
      });
    }
    const parts = partsOf(office, office.id, byOffice);
    const whole = addFigures(parts.map(({ figures }) => figures));
    const corrections = this.corrections(day);
    const totals = { date, whole, parts, corrections, correctionTotal: corrections.length };
    const values = { office_id: office.id, month, frozen_on: day, person_name: office.actor.personName };
    this.months.push(month);
    this.statements.push(totals);
    const statement: Write = {
      entity: "month_statement",
      id: statementId,
      values: { ...values, rules: JSON.stringify(rules), totals: storedTotals(totals) },
    };
    return { statementId, writes: [statement, ...lines] };
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
      if (!told.closed.has(closed)) told.closed.set(closed, this.figures(told, closed));
    }
    told.reports.set(month, { ...told.reports.get(month), ...values });
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
        const changes = changesBetween(frozen, this.figures(told, month));
        if (changes.length === 0 || isListed({ month, projectId, changes })) return [];
        const { name, office_id } = told.values;
        const officeName = office.offices.find(({ id }) => id === office_id)?.name ?? "";
        const causes = [{ ...cause, what: `${actionLabel("create_demo")}：${month}` }];
        return [{ month, projectId, projectName: name ?? "", officeName, changes, causes }];
      });
    });
  }
}
