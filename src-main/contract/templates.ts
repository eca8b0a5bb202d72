/** Templates: what lists of permits and schedules of nodes begin with. The city writes them, everybody uses them. */
import { type } from "@orpc/contract";
import { z } from "zod";
import type { TemplateItems } from "#domain/template.ts";
import { keysOf, templateKinds } from "#domain/values.ts";
import { id, procedure, reading, written } from "./base.ts";

export type TemplateEntry = {
  id: string;
  name: string;
  /** 适用项目. */
  projectKind: string;
  /** 依据. */
  source: string;
  /** One of this program's own: names only, nothing official. It is copied, never changed. */
  isExample: boolean;
  archivedOn: string | null;
  /** Null for a template of a newer program that this one cannot read. */
  content: TemplateItems | null;
  kind: keyof typeof templateKinds;
};

/** The items travel as they are typed; the core parses them by their kind, to say which one is wrong. */
const draft = z.object({
  kind: z.enum(keysOf(templateKinds)),
  name: z.string().max(200),
  projectKind: z.string().max(200),
  source: z.string().max(1000),
  items: z.array(z.unknown()).max(100),
});

export const templates = {
  /** The city's templates by name, then this program's examples; archived ones only when asked for. */
  list: reading
    .input(z.object({ kind: z.enum(keysOf(templateKinds)).optional(), archived: z.boolean().optional() }))
    .output(type<TemplateEntry[]>()),
  /** Creates (without id) or changes one; city only. */
  save: procedure.input(draft.extend({ id: id.optional() })).output(written),
  archive: procedure.input(z.object({ id })).output(written),
  restore: procedure.input(z.object({ id })).output(written),
};
