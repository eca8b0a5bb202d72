/** One column head: which registry field it means, and the money unit it names. */
import type { Field } from "#domain/fields.ts";
import type { MoneyUnit } from "#domain/money.ts";
import { fieldsOf } from "#domain/registry.ts";

/** Head of the export's id column; matches a row to its project exactly. */
export const ID_HEAD = "编号(系统)";
/** The import's own name for that column. */
export const ID_COLUMN = "id";

/** Registry fields a column may be mapped to. */
export const importableFields: ReadonlyMap<string, Field> = new Map(
  fieldsOf("project").filter(([, field]) => !field.byAct),
);

const fieldByHead = new Map<string, string>();
for (const [name, field] of importableFields) fieldByHead.set(normaliseHead(field.label), name);
for (const [name, { aliases }] of importableFields) {
  for (const alias of aliases ?? []) {
    if (!fieldByHead.has(normaliseHead(alias))) fieldByHead.set(normaliseHead(alias), name);
  }
}
fieldByHead.set(normaliseHead(ID_HEAD), ID_COLUMN);

const UNIT_WORDS: Readonly<Record<string, MoneyUnit>> = {
  亿元: "亿元",
  亿: "亿元",
  千万元: "千万元",
  百万元: "百万元",
  万元: "万元",
  万: "万元",
  元: "元",
  _yi: "亿元",
  _wan: "万元",
  _yuan: "元",
};
const UNIT = "(?:亿元?|千万元|百万元|万元?|元)";
const BRACKETED_UNIT = new RegExp(`[(\\[【](?:金额)?(?:单位)?:?(?:人民币)?(${UNIT})[)\\]】]`);
const TRAILING_UNIT = /[/,、:-]?(?:单位:)?(亿元|千万元|百万元|万元|_yi|_wan|_yuan)$|[/,、:-](元)$/;
const UNIT_LINE = new RegExp(`单位:(?:人民币)?(${UNIT})(?![\\u4e00-\\u9fff])`);

/** Longer than any head, brackets and all: a text that is none. */
const MAX_LENGTH = 200;

type Head = { field: string | null; unit: MoneyUnit | null };

/** Reads a head such as "总投资\n（亿元）", "*项目名称" or "total_investment_yi". */
export function readHead(head: string): Head {
  if (head.length > MAX_LENGTH) return { field: null, unit: null };
  const flat = head.normalize("NFKC").replaceAll(/\s/g, "");
  const match = BRACKETED_UNIT.exec(flat) ?? TRAILING_UNIT.exec(flat);
  const unit = UNIT_WORDS[match?.[1] ?? match?.[2] ?? ""] ?? null;
  const bare = match ? flat.replace(match[0], "") : flat;
  const field =
    fieldByHead.get(normaliseHead(flat)) ??
    fieldByHead.get(normaliseHead(bare)) ??
    fieldByHead.get(normaliseHead(bare.replaceAll(/[([【][^)\]】]*[)\]】]/g, ""))) ??
    null;
  return { field, unit: field !== null && importableFields.get(field)?.kind === "money" ? unit : null };
}

/** The unit of a line such as "单位：万元" above the head; null when the text names none. */
export function unitLine(text: string): MoneyUnit | null {
  const match = UNIT_LINE.exec(text.normalize("NFKC").replaceAll(/\s/g, ""));
  return UNIT_WORDS[match?.[1] ?? ""] ?? null;
}

function normaliseHead(head: string): string {
  return head
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}]/gu, "");
}
