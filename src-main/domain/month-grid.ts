/**
 * The monthly grid (F04, F12): what a typed or pasted text means in its columns. Sheets mix units (domain.md §12): the
 * unit is read from the head, a unit in the cell wins, and one unit is stored.
 */
import { parseAmountText } from "./amount-text.ts";
import { type StoredValue, valueProblem } from "./fields.ts";
import { type MoneyUnit, moneyUnits } from "./money.ts";
import { registry } from "./registry.ts";

/** Columns that are entered, in the order of the grid. */
export const gridFields = ["planned_investment", "completed_investment", "image_progress", "problems"] as const;
export type GridField = (typeof gridFields)[number];

/** Heads of the columns; amounts are shown in 万元. */
export const gridHeads: Readonly<Record<GridField, string>> = {
  planned_investment: "计划投资",
  completed_investment: "实际完成投资",
  image_progress: "形象进度",
  problems: "存在问题",
};

const NAME_HEADS = ["项目名称", "名称", "工程名称", "项目"];
/** What forms print where nothing is to be said. */
const NOTHING = /^[-—–/\\]+$/;
const FORMULA_ERROR = /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)$/;
/** Last rows of sheets: sums, no projects. */
const SUM_ROW = /^(合计|总计|小计)/;

export type GridValue = { value: StoredValue } | { reason: string };

/** The stored value of a cell's text, or why it is none; blank texts and bare dashes are null. */
export function parseGridText(field: GridField, written: string, unit: MoneyUnit = "万元"): GridValue {
  const text = written.replaceAll(/\r\n?/g, "\n").trim();
  if (text === "" || NOTHING.test(text)) return { value: null };
  if (FORMULA_ERROR.test(text)) return { reason: "公式出错，请在表格中改正" };
  const definition = registry.monthly_progress.fields[field];
  if (definition.kind === "money") return parseAmountText(text, unit);
  const reason = valueProblem(definition, text);
  return reason === null ? { value: text } : { reason };
}

/** One pasted row: the project it names (null: the row of the grid that it falls on), and its texts by column. */
export type PastedLine = { name: string | null; cells: { field: GridField; text: string; unit: MoneyUnit }[] };

type Target = { field: GridField; unit: MoneyUnit } | "name" | null;

/**
 * A rectangular block as it comes from a spreadsheet, pasted at a column of the grid. Columns follow the block's own
 * head row where it has one; else the first column holds project names when pasted at the name, or at an amount
 * where it holds no amounts. Sum rows and rows without a name among named ones are left out.
 */
export function readPaste(block: readonly (readonly string[])[], at: GridField | "name"): PastedLine[] {
  const heads = headTargets(block[0] ?? []);
  const rows = heads ? block.slice(1) : block;
  const targets = heads ?? plainTargets(rows, at);
  const names = targets.indexOf("name");
  return rows.flatMap((row): PastedLine[] => {
    const name = names < 0 ? null : (row[names] ?? "").trim();
    if (name !== null && (name === "" || SUM_ROW.test(name))) return [];
    const cells = targets.flatMap((target, column) =>
      target === null || target === "name" || column >= row.length ? [] : [{ ...target, text: row[column] ?? "" }],
    );
    return [{ name, cells }];
  });
}

/** What a head row says of its columns; null when the row is no head. */
function headTargets(row: readonly string[]): Target[] | null {
  const targets = row.map(headTarget);
  const known = targets.filter((target) => target !== null).length;
  return targets.includes("name") || known >= 2 ? targets : null;
}

function headTarget(head: string): Target {
  const plain = head.normalize("NFKC").replaceAll(/\s/g, "");
  const [, word = plain, unit = ""] = /^(.*?)(?:\((.*)\))?$/.exec(plain) ?? [];
  const title = word.replace(/^\d{1,2}月/, "");
  if (NAME_HEADS.includes(title)) return "name";
  const field = gridFields.find((name) => {
    const { label, aliases = [] } = registry.monthly_progress.fields[name] as { label: string; aliases?: string[] };
    return [gridHeads[name], label, ...aliases].includes(title);
  });
  return field ? { field, unit: Object.hasOwn(moneyUnits, unit) ? (unit as MoneyUnit) : "万元" } : null;
}

function plainTargets(rows: readonly (readonly string[])[], at: GridField | "name"): Target[] {
  const isNamed = at === "name" || (isMoney(at) && holdsNames(rows));
  const first = at === "name" ? 0 : gridFields.indexOf(at);
  const following = gridFields.slice(first).map((field): Target => ({ field, unit: "万元" }));
  return isNamed ? ["name", ...following] : following;
}

const isMoney = (field: GridField) => registry.monthly_progress.fields[field].kind === "money";

function holdsNames(rows: readonly (readonly string[])[]): boolean {
  const texts = rows.map((row) => (row[0] ?? "").trim()).filter((text) => text !== "" && !NOTHING.test(text));
  return (
    texts.length > 0 &&
    texts.every((text) => /\p{Script=Han}{2}/u.test(text) && "reason" in parseAmountText(text, "万元"))
  );
}
