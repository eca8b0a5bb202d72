import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProjectListRow } from "#contract/ledger.ts";
import { addDays } from "#domain/calendar.ts";
import { type Field, MAX_MONEY, type StoredValue } from "#domain/fields.ts";
import { fieldsOf, type Row } from "#domain/registry.ts";
import { recognise } from "#features/spreadsheet/columns.ts";
import { idColumn } from "#features/spreadsheet/export-columns.ts";
import { nameKey } from "#features/spreadsheet/match.ts";
import { planImport } from "#features/spreadsheet/plan.ts";
import { readTable } from "#features/spreadsheet/read-table.ts";
import { writeWorkbook } from "#features/spreadsheet/write-workbook.ts";
import { exportedColumns } from "./exported-columns.ts";

const offices = [{ id: "city", name: "示例市", aliases: null, level: "city", parent_id: null } as Row<"office">];

/** Characters that have broken spreadsheets before, beside ordinary Chinese ones. */
const characters = fc.oneof(
  fc.constantFrom(..."项目建设甲乙丙，。（）()=+-@\"'&<>,;_x1aÀ€𠮷😀．\t\u0007\u2028\ufeff%#!/\\"),
  fc.constantFrom("_x0041_", "=1+1", "\r\n", "\n"),
);
const someText = (max: number) =>
  fc.array(characters, { minLength: 1, maxLength: Math.min(max, 12) }).map((parts) => parts.join("").slice(0, max));
const someDay = fc.integer({ min: 0, max: 80_000 }).map((days) => addDays("1950-01-01", days));

function someValue(field: Field): fc.Arbitrary<StoredValue> {
  switch (field.kind) {
    case "money":
      return fc.integer({ min: 0, max: MAX_MONEY });
    case "date":
      return someDay;
    case "boolean":
      return fc.constantFrom(0, 1);
    case "enum":
      return fc.constantFrom(...Object.keys(field.labels));
    case "enumSet":
      return fc.subarray(Object.keys(field.labels), { minLength: 1 }).map((keys) => keys.join(","));
    case "text":
      // The store trims what it is given, and keeps no blank text.
      return someText(field.max).map((text) => text.trim().replaceAll(/\r\n?/g, "\n") || null);
    default:
      return fc.constant(null);
  }
}

const someProject = fc.record(
  Object.fromEntries(
    fieldsOf("project")
      .filter(([name]) => !["name", "office_id", "archived_on"].includes(name))
      .map(([name, field]) => [name, fc.option(someValue(field))]),
  ),
);

const someLedger = fc.array(someProject, { minLength: 1, maxLength: 6 }).map((projects) =>
  projects.map((values, index) => {
    return { ...values, id: `p${index}`, name: `项目${index}`, office_id: "city", archived_on: null } as Row<"project">;
  }),
);

async function exportedTable(projects: Row<"project">[]) {
  const rows = projects.map((project) => ({ ...project, office_name: "示例市" }) as ProjectListRow);
  const bytes = await writeWorkbook("项目台账", rows, [...exportedColumns, idColumn]);
  return recognise((await readTable(bytes, "台账.xlsx")).sheets);
}

test("property: every ledger exports and imports as the same", async () => {
  await fc.assert(
    fc.asyncProperty(someLedger, async (projects) => {
      const table = await exportedTable(projects);
      const plan = planImport(table, { projects, offices, officeId: "city" });
      expect(plan.map(({ status, values, badCells }) => ({ status, values, badCells }))).toEqual(
        projects.map(() => ({ status: "same", values: {}, badCells: [] })),
      );
    }),
    { seed: 20261122, numRuns: 60 },
  );
});

test("property: a ledger exported into an empty database keeps every amount, day, choice and word", async () => {
  await fc.assert(
    fc.asyncProperty(someLedger, async (projects) => {
      const table = await exportedTable(projects);
      const plan = planImport(table, { projects: [], offices, officeId: "city" });
      for (const [index, project] of projects.entries()) {
        const values = plan[index]?.values ?? {};
        for (const [name, field] of fieldsOf("project")) {
          const stored = (project as Readonly<Record<string, StoredValue>>)[name] ?? null;
          if (field.kind === "text") expect(nameKey(values[name])).toBe(nameKey(isNothing(stored) ? "" : stored));
          else expect(values[name] ?? null).toBe(stored);
        }
      }
    }),
    { seed: 20261122, numRuns: 60 },
  );
});

/** Bare dashes say nothing. */
function isNothing(value: StoredValue): boolean {
  return typeof value === "string" && /^[-—–/\\]+$/.test(value);
}
