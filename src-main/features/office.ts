/** The office whose database is open: what every feature works on. */
import type { Written } from "#contract/base.ts";
import type { Action } from "#domain/actions.ts";
import { authorityBreach } from "#domain/authority.ts";
import { localDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import type { StoredValue } from "#domain/fields.ts";
import { districtOf, subtreeIds } from "#domain/office-tree.ts";
import type { LightRules } from "#domain/project-light.ts";
import type { EntityName, Row } from "#domain/registry.ts";
import { lightRules, type Settings } from "#domain/settings.ts";
import type { OfficeLevel } from "#domain/values.ts";
import type { Actor } from "#journal/change-set.ts";
import type { Journal, Write } from "#journal/journal.ts";
import { readSettings } from "#store/settings.ts";
import { query, type Store } from "#store/store.ts";
import { ImportRunner } from "#sync/import-runner.ts";

export type OfficeEnvironment = {
  dataFolder: string;
  version: string;
  /** Null where no browser that prints is installed. Rejects when `signal` is aborted. */
  printPdf: ((html: string, signal?: AbortSignal) => Promise<Uint8Array>) | null;
  /** Path of the built import-worker.js. */
  importProgram?: string | undefined;
  now: () => Date;
};

export class Office {
  readonly imports: ImportRunner;
  private personId: string | null = null;

  constructor(
    readonly store: Store,
    readonly journal: Journal,
    readonly id: string,
    readonly environment: OfficeEnvironment,
  ) {
    this.imports = new ImportRunner(environment.importProgram ?? null);
  }

  /** This office's own row. */
  get self(): Row<"office"> {
    const row = this.store.first(query.selectFrom("office").selectAll().where("id", "=", this.id));
    if (!row) throw new Failure("office_not_set_up");
    return row;
  }

  get offices(): Row<"office">[] {
    return this.store.all(query.selectFrom("office").selectAll().where("archived_on", "is", null));
  }

  /** Ids of this office and everything below it: what it manages. */
  get subtree(): Set<string> {
    return subtreeIds(this.offices, this.id);
  }

  get person(): Row<"person"> | null {
    if (!this.personId) return null;
    return (
      this.store.first(
        query.selectFrom("person").selectAll().where("id", "=", this.personId).where("archived_on", "is", null),
      ) ?? null
    );
  }

  /** Chooses the person at the keyboard: an active person of this office. */
  choosePerson(id: string): void {
    const person = this.store.first(
      query
        .selectFrom("person")
        .select("id")
        .where("id", "=", id)
        .where("office_id", "=", this.id)
        .where("archived_on", "is", null),
    );
    if (!person) throw new Failure("not_found", { what: "人员" });
    this.personId = person.id;
  }

  /** Who a change is recorded for. Throws Failure not_signed_in. */
  get actor(): Actor {
    const person = this.person;
    if (!person) throw new Failure("not_signed_in");
    return { officeId: this.id, officeName: this.self.name, personId: person.id, personName: person.name };
  }

  get today(): string {
    return localDate(this.environment.now());
  }

  get settings(): Settings {
    return readSettings(this.store);
  }

  get lightRules(): LightRules {
    return lightRules(this.settings);
  }

  /** Records one user action. `id` names the record for the caller. Throws Failure not_permitted, and the journal's. */
  write(action: Action, id: string, writes: readonly Write[]): Written {
    const { level, name } = this.self;
    for (const { entity, values } of writes) requireAuthority(name, level, entity, values);
    return { id, changeSet: this.journal.write(this.actor, action, writes)?.number ?? null };
  }

  /** A project this office may change, or a Failure saying why not. */
  editableProject(id: string): Row<"project"> {
    const project = this.store.first(query.selectFrom("project").selectAll().where("id", "=", id));
    if (!project) throw new Failure("not_found", { what: "项目" });
    if (!this.subtree.has(project.office_id)) throw new Failure("out_of_scope");
    if (project.archived_on !== null) throw new Failure("archived", { what: "项目" });
    return project;
  }

  /** Name of the district an office belongs to, or of the office itself when it is the city. */
  districtName(officeId: string): string {
    const offices = this.offices;
    return districtOf(offices, officeId)?.name ?? offices.find((office) => office.id === officeId)?.name ?? "";
  }
}

/** Refuses values that this level may not write: the offices above would refuse the whole bundle. */
export function requireAuthority(
  office: string,
  level: OfficeLevel,
  entity: EntityName,
  values: Readonly<Record<string, StoredValue | undefined>>,
): void {
  const breach = authorityBreach(entity, values, level);
  if (breach) throw new Failure("not_permitted", { office, ...breach });
}
