/**
 * What a child's own office wrote to a project although it had acknowledged that the project left it (sync law 9).
 * Once a bundle was taken in whose receipt says so, all of the child's log up to there is here: whatever its office
 * wrote that is not here yet was written afterwards. Offices below the child may not have heard, at any time; nor may
 * a former life of the child, whose work came back to it from below after a restore.
 */
import { entityOf } from "#domain/registry.ts";
import type { Log } from "#journal/log.ts";
import type { Section } from "#journal/section/section.ts";
import { parseStamp } from "#journal/stamp.ts";
import { numbersIn } from "#journal/touched.ts";
import type { Store } from "#store/store.ts";
import type { Link } from "./links.ts";
import { isAcked, knownSubjects } from "./scope.ts";

export class LateWrites {
  /** Projects and people that the child has acknowledged to have left it. */
  private readonly left: ReadonlySet<string>;
  private readonly written = new Set<string>();
  /** What offices below the child moved, or its former lives: for the child it may have come back. */
  private readonly movedElsewhere = new Set<string>();

  /** `replica`: the life of the peer that the bundle comes from. */
  constructor(
    private readonly store: Store,
    private readonly log: Log,
    private readonly link: Link,
    private readonly replica: string,
  ) {
    this.left = link.role === "child" ? acknowledgedLeft(store, link, replica) : new Set();
  }

  /** Looks at a section of a child, not of what the child gives back. */
  note(section: Section): void {
    if (this.left.size === 0) return;
    for (const { name, by, column } of section.groups()) {
      const scope = entityOf(name)?.scope ?? { by, column };
      if (scope.by === "city") continue;
      for (const { id, changes } of section.records(0, name)) {
        for (const { set, values } of changes) {
          const owner = values[scope.column];
          const isOfProject = scope.by === "project";
          if (!this.isOfPresentLife(section, set)) {
            if (!isOfProject && typeof owner === "string") this.movedElsewhere.add(id);
            continue;
          }
          const subjects = isOfProject ? [this.ownerOf(name, scope.column, id), owner] : [id];
          for (const subject of subjects) {
            if (typeof subject !== "string" || !this.left.has(subject) || this.written.has(subject)) continue;
            if (!this.isKnown(name, id, section.stampOf(set))) this.written.add(subject);
          }
        }
      }
    }
  }

  /** Whether the child's own office wrote late to the project or person. Ask when all sections have been seen. */
  has(subject: string): boolean {
    return this.written.has(subject) && !this.movedElsewhere.has(subject);
  }

  private isOfPresentLife(section: Section, set: number): boolean {
    return section.officeAt(set) === this.link.peer_id && parseStamp(section.stampOf(set)).replica === this.replica;
  }

  /** The project that a record has in this ledger. */
  private ownerOf(entity: string, column: string, id: string): unknown {
    return entityOf(entity)
      ? this.store.prepare(`select ${column} from ${entity} where id = ?`).pluck().get(id)
      : this.store.prepare("select owner from unknown_record where entity = ? and id = ?").pluck().get(entity, id);
  }

  /** Whether this office's log has the record's part in the change set of that stamp. */
  private isKnown(entity: string, id: string, stamp: string): boolean {
    const touched = (
      entityOf(entity)
        ? this.store.prepare(`select touched_by from ${entity} where id = ?`).pluck().get(id)
        : this.store
            .prepare("select touched_by from unknown_record where entity = ? and id = ?")
            .pluck()
            .get(entity, id)
    ) as string | undefined;
    return numbersIn(touched ?? "").some((number) => this.log.factsAt(number).stamp === stamp);
  }
}

/** None of it while a bundle of the child waits for a gap to close, or comes from another life than the one we know. */
function acknowledgedLeft(store: Store, link: Link, replica: string): Set<string> {
  const waits = store.prepare("select 1 from parked where peer_id = ?").get(link.peer_id) !== undefined;
  if (waits || link.peer_replica !== replica) return new Set();
  const known = [...knownSubjects(store, link)];
  return new Set(known.flatMap(([subject, row]) => (isAcked(row.left_number, link.acked_number) ? [subject] : [])));
}
