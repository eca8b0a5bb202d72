/** Templates (F10, 倒排工期): city-wide, written by the city alone; what may stand in them: domain/template.ts. */
import type { templates as contract, TemplateEntry } from "#contract/templates.ts";
import { Failure } from "#domain/failure.ts";
import type { Row } from "#domain/registry.ts";
import { parseTemplate, type TemplateItems, templateItems, templateProblem } from "#domain/template.ts";
import { EXAMPLE_SOURCE, templateExamples } from "#domain/template-examples.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import type { Handlers, InputOf } from "./handlers.ts";
import type { Office } from "./office.ts";

export const templates: Handlers<typeof contract> = {
  list: (office, { kind, archived = false }) =>
    listTemplates(office, archived).filter((entry) => kind === undefined || entry.kind === kind),

  save: (office, { id, kind, name, projectKind, source, items }) => {
    requireCity(office);
    if (id !== undefined) readTemplate(office, id);
    const values = {
      kind,
      name: name.trim(),
      project_kind: projectKind.trim() || null,
      source: source.trim() || null,
      items: JSON.stringify(checkedItems({ kind, items }).items),
    };
    const written = id ?? newId("template");
    return office.write("save_template", written, [{ entity: "template", id: written, values }]);
  },

  archive: (office, { id }) => {
    requireCity(office);
    readTemplate(office, id);
    return office.write("archive_template", id, [{ entity: "template", id, values: { archived_on: office.today } }]);
  },

  restore: (office, { id }) => {
    requireCity(office);
    readTemplate(office, id);
    return office.write("save_template", id, [{ entity: "template", id, values: { archived_on: null } }]);
  },
};

/** The city's templates by name, archived ones when asked for, then this program's examples. */
export function listTemplates(office: Office, archived: boolean): TemplateEntry[] {
  const stored = storedTemplates(office).filter((template) => archived || template.archived_on === null);
  return [...stored.map(entryOf), ...examples];
}

/** Items of every list of permits that is known here, also of archived ones: what was made from them still counts. */
export function permitItemsById(office: Office): Map<string, Extract<TemplateItems, { kind: "permits" }>["items"]> {
  return new Map(
    storedTemplates(office).flatMap(({ id, kind, items }) => {
      const content = parseTemplate(kind, items);
      return content?.kind === "permits" ? [[id, content.items] as const] : [];
    }),
  );
}

/** A template that may be used now: one of the city's that is not archived, or an example. Throws Failure not_found. */
export function usableTemplate(office: Office, id: string): TemplateEntry & { content: TemplateItems } {
  const found = [...storedTemplates(office).map(entryOf), ...examples].find((entry) => entry.id === id);
  if (!found?.content || found.archivedOn !== null) throw new Failure("not_found", { what: "模板" });
  return { ...found, content: found.content };
}

function storedTemplates(office: Office): Row<"template">[] {
  return office.store.all(query.selectFrom("template").selectAll().orderBy("name").orderBy("id"));
}

function readTemplate(office: Office, id: string): Row<"template"> {
  const template = office.store.first(query.selectFrom("template").selectAll().where("id", "=", id));
  if (!template) throw new Failure("not_found", { what: "模板" });
  return template;
}

function entryOf(template: Row<"template">): TemplateEntry {
  const { id, name, kind, items } = template;
  return {
    id,
    name,
    kind,
    projectKind: template.project_kind ?? "",
    source: template.source ?? "",
    isExample: false,
    archivedOn: template.archived_on,
    content: parseTemplate(kind, items),
  };
}

const examples: TemplateEntry[] = templateExamples.map(({ id, name, ...content }) => ({
  id,
  name,
  kind: content.kind,
  projectKind: "",
  source: EXAMPLE_SOURCE,
  isExample: true,
  archivedOn: null,
  content,
}));

function requireCity(office: Office): void {
  const { level, name } = office.self;
  if (level !== "city") throw new Failure("not_permitted", { office: name, what: "模板", who: "市级" });
}

/** Throws Failure invalid_value that names the item. */
function checkedItems(draft: Pick<InputOf<typeof contract, "save">, "kind" | "items">): TemplateItems {
  const parsed = templateItems.safeParse(draft);
  const bad = (field: string, reason: string) => new Failure("invalid_value", { where: "模板", field, reason });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw bad(`第 ${Number(issue?.path[1] ?? 0) + 1} 项`, issue?.message ?? "不正确");
  }
  const problem = templateProblem(parsed.data);
  if (problem !== null) throw bad("内容", problem);
  return parsed.data;
}
