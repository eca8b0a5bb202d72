/**
 * Finds the project of the ledger that a row of a file speaks of: by the export's id, else by project code,
 * else by source and code within it, else by name and owner; by name alone only when an owner is missing on
 * either side and the name is unique.
 */
import type { Row } from "#domain/registry.ts";
import type { FileRow } from "./file-row.ts";

type Project = Row<"project">;
type Keyed = Pick<FileRow, "id" | "values">;

/** A name or owner as it is compared: width, case, blanks, brackets and quotation marks aside. */
export function nameKey(name: unknown): string {
  return typeof name === "string"
    ? name
        .normalize("NFKC")
        .toLowerCase()
        .replaceAll(/[\s()[\]{}【】《》〈〉“”‘’"'·、,，。;；:：]/g, "")
    : "";
}

export class LedgerIndex {
  private readonly byId = new Map<string, Project>();
  private readonly byCode = new Map<string, Project>();
  private readonly byOrigin = new Map<string, Project>();
  private readonly byName = new Map<string, Project[]>();

  constructor(projects: Iterable<Project>) {
    for (const project of projects) {
      this.byId.set(project.id, project);
      if (project.project_code) this.byCode.set(project.project_code, project);
      const origin = originKey(project.origin, project.origin_code);
      if (origin) this.byOrigin.set(origin, project);
      const name = nameKey(project.name);
      const named = this.byName.get(name);
      if (named) named.push(project);
      else this.byName.set(name, [project]);
    }
  }

  find({ id, values }: Keyed): Project | null {
    return (
      this.byId.get(id ?? "") ??
      this.byCode.get(String(values.project_code ?? "")) ??
      this.byOrigin.get(originKey(values.origin, values.origin_code) ?? "") ??
      this.findByName(values)
    );
  }

  private findByName(values: FileRow["values"]): Project | null {
    const named = this.byName.get(nameKey(values.name)) ?? [];
    const owner = nameKey(values.owner);
    const sameOwner = named.filter((project) => nameKey(project.owner) === owner);
    if (owner !== "" && sameOwner[0]) return sameOwner[0];
    const open = owner === "" ? named : named.filter((project) => nameKey(project.owner) === "");
    return open.length === 1 ? (open[0] ?? null) : (sameOwner[0] ?? null);
  }
}

function originKey(origin: unknown, code: unknown): string | null {
  const [source, number] = [nameKey(origin), nameKey(code)];
  return source && number ? `${source}\n${number}` : null;
}

/** What makes two rows of one file the same project. */
export function rowKey({ id, values }: Keyed): string {
  return id !== null ? `id\n${id}` : `${nameKey(values.name)}\n${nameKey(values.owner)}`;
}
