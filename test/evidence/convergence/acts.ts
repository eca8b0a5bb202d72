/** What clerks do: one act of a random kind at one machine, within what its office may write. */
import type { StoredValue } from "#domain/fields.ts";
import type { EntityName } from "#domain/registry.ts";
import { auditStates, stages } from "#domain/values.ts";
import type { Write } from "#journal/journal.ts";
import type { Random } from "../random.ts";
import { conflictsOf, type Row, rowsOf } from "./look.ts";
import type { Machine } from "./machine.ts";
import type { Part } from "./model.ts";
import { LATE_ENTITY, LATE_FIELD } from "./program.ts";
import { subtreeOf, tree } from "./tree.ts";

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse("2020-01-01T00:00:00Z");

/** Follower tables of a project, with the fields that are edited. */
const followers = {
  node: ["name", "completion_note", "planned_on", "responsible_person"],
  visit: ["findings", "follow_up", "people_met"],
  monthly_progress: ["image_progress", "problems", "completed_investment"],
  assignment: ["to_on"],
  annual_plan: ["goal", "planned_investment"],
  fund: ["name", "arranged", "paid"],
  permit: ["authority", "certificate_no", "planned_on"],
  issue: ["title", "measures", "handler_unit", "deadline_on"],
} as const;
type Follower = keyof typeof followers;

const amounts = new Set(["arranged", "paid", "total_investment", "completed_investment", "planned_investment"]);
/** What only some offices may decide; none of it is settled by the others. */
const decided = ["audit_state", "review_note", "is_supervised", "supervised_by", "needs_relief"];
const projectFields = ["owner", "address", "image_progress", "problems", "note", "total_investment"];
const personFields = ["name", "duty", "phone", "note"];

export class Clerk {
  private count = 0;

  constructor(
    private readonly random: Random,
    /** Offices that take part. */
    private readonly offices: ReadonlySet<string>,
  ) {}

  /** One act; empty when there was nothing to do it with, or when it changed nothing. */
  act(machine: Machine): Part[] {
    const kind = this.random.weighted({
      newProject: 5,
      editProject: 28,
      newFollower: 16,
      editFollower: 22,
      person: 5,
      archive: 5,
      restore: 3,
      settle: 7,
      move: machine.office.level === "street" ? 0 : 5,
      cityWide: machine.office.level === "city" ? 4 : 0,
      review: 4,
      late: machine.program.isNewer ? 6 : 0,
    });
    const project = this.project(machine);
    if (kind === "person") return this.person(machine);
    if (kind === "settle") return this.settle(machine);
    if (kind === "cityWide") return this.cityWide(machine);
    if (kind === "newProject" || !project) return this.newProject(machine);
    if (kind === "restore" || project.archived_on !== null) return this.restoreRecord(machine, project);
    const id = String(project.id);
    switch (kind) {
      case "editProject":
        return this.write(machine, "update_project", project, "project", id, this.edits("project", projectFields));
      case "newFollower":
        return this.newFollower(machine, project);
      case "editFollower":
        return this.editFollower(machine, project);
      case "archive":
        return this.archive(machine, project);
      case "move":
        return this.move(machine, project, this.officeBelow(machine));
      case "review":
        return this.review(machine, project);
      case "late":
        return this.late(machine, project);
      default:
        return [];
    }
  }

  move(machine: Machine, project: Row, office_id: string): Part[] {
    return this.write(machine, "move_project", project, "project", String(project.id), { office_id });
  }

  private write(
    machine: Machine,
    action: string,
    project: Row | null,
    entity: string,
    id: string,
    values: Record<string, StoredValue>,
    settles = false,
  ): Part[] {
    const place = { project: project && String(project.id), office: project && String(project.office_id) };
    return machine.write(action, [{ entity: entity as EntityName, id, values, settles } as Write], place);
  }

  private newProject(machine: Machine): Part[] {
    const id = this.name("project");
    const office_id = this.officeBelow(machine);
    const values = { name: this.name("项目"), office_id, owner: this.name("业主") };
    return this.write(machine, "create_project", { id, office_id }, "project", id, values);
  }

  private newFollower(machine: Machine, project: Row): Part[] {
    const project_id = String(project.id);
    const entity = this.random.pick([
      ...(Object.keys(followers) as Follower[]),
      "node" as const,
      "issue_entry" as const,
    ]);
    if (entity === "issue_entry") return this.newIssueEntry(machine, project);
    const people = [...rowsOf(machine.store, "person").keys()];
    const month = `2026-${String(this.random.between(1, 4)).padStart(2, "0")}`;
    const values: Record<Follower, Record<string, StoredValue>> = {
      node: { project_id, name: this.name("节点"), audit_state: "draft", planned_on: this.day() },
      visit: { project_id, person_id: this.random.pick(people), visited_on: this.day(), form: "visit" },
      monthly_progress: { project_id, month, image_progress: this.name("进度") },
      assignment: { project_id, person_id: this.random.pick(people), role: "lead", from_on: this.day() },
      annual_plan: { project_id, year: this.random.between(2026, 2029), goal: this.name("目标") },
      fund: { project_id, name: this.name("资金"), year: 2026, source: "special_bond", arranged: this.counted() },
      permit: { project_id, name: this.name("手续"), authority: this.name("部门") },
      issue: {
        project_id,
        title: this.name("问题"),
        category: "permits",
        source: "visit",
        found_on: this.day(),
        state: "open",
        level: "region",
      },
    };
    // The same month or year of a project is one record, whoever writes it first.
    const isOne = entity === "monthly_progress" || entity === "annual_plan";
    const id = isOne ? machine.program.newId(entity, values[entity]) : this.name(`${entity}-`);
    const known = rowsOf(machine.store, entity).get(id);
    if (known) return known.archived_on === null ? this.editFollower(machine, project) : [];
    return this.write(machine, `create_${entity}`, project, entity, id, values[entity]);
  }

  /** A step of a problem; it is never edited. */
  private newIssueEntry(machine: Machine, project: Row): Part[] {
    const issue = this.rowOf(machine, "issue", project);
    if (!issue) return [];
    const values = {
      project_id: String(project.id),
      issue_id: String(issue.id),
      kind: "follow_up",
      happened_on: this.day(),
      content: this.name("跟进"),
      office_id: machine.office.id,
    };
    return this.write(machine, "follow_up_issue", project, "issue_entry", this.name("issue_entry-"), values);
  }

  private editFollower(machine: Machine, project: Row): Part[] {
    const found = this.followerOf(machine, project, (row) => row.archived_on === null);
    if (!found) return [];
    const { entity, row } = found;
    return this.write(
      machine,
      `update_${entity}`,
      project,
      entity,
      String(row.id),
      this.edits(entity, followers[entity]),
    );
  }

  private archive(machine: Machine, project: Row): Part[] {
    const found = this.followerOf(machine, project, (row) => row.archived_on === null);
    const entity = found && this.random.chance(0.7) ? found.entity : "project";
    const id = String(entity === "project" || !found ? project.id : found.row.id);
    return this.write(machine, "archive", project, entity, id, { archived_on: this.day() });
  }

  private restoreRecord(machine: Machine, project: Row): Part[] {
    if (project.archived_on !== null) {
      return this.write(machine, "restore", project, "project", String(project.id), { archived_on: null });
    }
    const found = this.followerOf(machine, project, (row) => row.archived_on !== null);
    if (!found) return [];
    return this.write(machine, "restore", project, found.entity, String(found.row.id), { archived_on: null });
  }

  /** What is decided level by level: a node's report, a problem's board and list. */
  private review(machine: Machine, project: Row): Part[] {
    const issue = machine.office.level === "street" ? null : this.rowOf(machine, "issue", project);
    if (issue && this.random.chance(0.5)) {
      const isSet = this.random.between(0, 2);
      const values: Record<string, StoredValue> =
        machine.office.level === "city"
          ? { is_supervised: isSet, supervised_by: this.name("督办") }
          : { needs_relief: isSet };
      return this.write(machine, "supervise_issue", project, "issue", String(issue.id), values);
    }
    const node = this.rowOf(machine, "node", project);
    if (!node) return [];
    const states = Object.keys(auditStates);
    const values: Record<string, StoredValue> =
      machine.office.level === "street"
        ? { audit_state: this.random.pick(["draft", "submitted"]) }
        : { audit_state: this.random.pick(states), review_note: this.name("意见") };
    return this.write(machine, "review", project, "node", String(node.id), values);
  }

  private person(machine: Machine): Part[] {
    const subtree = subtreeOf(machine.office.id);
    const own = [...rowsOf(machine.store, "person").values()].filter(
      (row) => subtree.has(String(row.office_id)) && row.archived_on === null,
    );
    if (own.length === 0 || this.random.chance(0.2)) {
      const values = { office_id: machine.office.id, name: this.name("示例"), is_secretary: 1 };
      return this.write(machine, "create_person", null, "person", this.name("person-"), values);
    }
    const id = String(this.random.pick(own).id);
    return this.write(machine, "update_person", null, "person", id, this.edits("person", personFields));
  }

  private cityWide(machine: Machine): Part[] {
    if (this.random.chance(0.5)) {
      const { id } = this.random.pick(tree);
      return this.write(machine, "update_office", null, "office", id, { aliases: this.name("别名") });
    }
    const key = this.random.pick(["light.redAfterDays", "light.yellowBeforeDays"]);
    const id = machine.program.newId("setting", { key });
    return this.write(machine, "update_setting", null, "setting", id, { key, value: String(this.counted()) });
  }

  /** What only the newer program knows. */
  private late(machine: Machine, project: Row): Part[] {
    if (this.random.chance(0.6)) {
      const values = { [LATE_FIELD]: this.name("碳") };
      return this.write(machine, "update_project", project, "project", String(project.id), values);
    }
    const values = { project_id: String(project.id), findings: this.name("检查") };
    return this.write(machine, "create_inspection", project, LATE_ENTITY, this.name("inspection-"), values);
  }

  /** Settles an open conflict of one field in favour of one side or of a new value. */
  private settle(machine: Machine): Part[] {
    const subtree = subtreeOf(machine.office.id);
    for (const [key, fields] of conflictsOf(machine.store)) {
      const [entity = "", id = ""] = key.split(" ");
      const field = this.random.pick(Object.keys(fields));
      const conflict = fields[field];
      const row = rowsOf(machine.store, entity).get(id);
      if (!conflict || !row || entity === "person" || entity === "office" || entity === "setting") continue;
      const projectId = String(entity === "project" ? id : row.project_id);
      const project = rowsOf(machine.store, "project").get(projectId);
      if (!project || !subtree.has(String(project.office_id))) continue;
      // A project is moved only to an office below, an audit state only decided from the district upward.
      if (field === "office_id" || field === "project_id" || decided.includes(field)) continue;
      if (row.archived_on !== null && field !== "archived_on") continue;
      const value = conflict.kind === "delete" ? null : this.random.pick(conflict.heads).value;
      return this.write(machine, "settle_conflict", project, entity, id, { [field]: value }, true);
    }
    return [];
  }

  private project(machine: Machine): Row | null {
    const subtree = subtreeOf(machine.office.id);
    const own = [...rowsOf(machine.store, "project").values()].filter((row) => subtree.has(String(row.office_id)));
    return own.length > 0 ? this.random.pick(own) : null;
  }

  /** One of a project's records that are not archived. */
  private rowOf(machine: Machine, entity: string, project: Row): Row | null {
    const rows = [...rowsOf(machine.store, entity).values()].filter(
      (row) => row.project_id === project.id && row.archived_on === null,
    );
    return rows.length > 0 ? this.random.pick(rows) : null;
  }

  private followerOf(
    machine: Machine,
    project: Row,
    fits: (row: Row) => boolean,
  ): { entity: Follower; row: Row } | null {
    const entity = this.random.pick(Object.keys(followers) as Follower[]);
    const rows = [...rowsOf(machine.store, entity).values()].filter(
      (row) => row.project_id === project.id && fits(row),
    );
    return rows.length > 0 ? { entity, row: this.random.pick(rows) } : null;
  }

  /** One to three fields; now and then a value that somebody else may choose too. */
  private edits(entity: string, fields: readonly string[]): Record<string, StoredValue> {
    const values: Record<string, StoredValue> = {};
    for (let edited = this.random.between(1, 4); edited > 0; edited--) {
      const field = this.random.pick(fields);
      values[field] = this.valueOf(field);
    }
    if (entity === "project" && this.random.chance(0.2)) values.stage = this.random.pick(Object.keys(stages));
    return values;
  }

  private valueOf(field: string): StoredValue {
    const isShared = this.random.chance(0.15);
    if (field.endsWith("_on")) return isShared ? "2026-11-30" : this.day();
    if (amounts.has(field)) return isShared ? 5 : this.counted();
    if (isShared) return this.random.pick(["同一说法", "另一说法"]);
    const isRequired = field === "name" || field === "title";
    return !isRequired && this.random.chance(0.05) ? null : this.name("值");
  }

  private officeBelow(machine: Machine): string {
    return this.random.pick([...subtreeOf(machine.office.id)].filter((id) => this.offices.has(id)));
  }

  private day(): string {
    return new Date(FIRST_DAY + this.counted() * DAY_MS).toISOString().slice(0, 10);
  }

  private name(prefix: string): string {
    return `${prefix}${this.counted()}`;
  }

  private counted(): number {
    this.count++;
    return this.count;
  }
}
