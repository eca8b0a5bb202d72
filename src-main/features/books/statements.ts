/** Closed months as stored, and the parts of an office that a statement adds up. */
import { ancestorsOf, subtreeIds } from "#domain/office-tree.ts";
import type { LightRules } from "#domain/project-light.ts";
import type { Row } from "#domain/registry.ts";
import {
  addFigures,
  type Figures,
  noFigures,
  type RankedPart,
  rankByCompletion,
  readStatement,
  type StatementTotals,
} from "#domain/statement.ts";
import type { Office } from "#features/office.ts";
import { numbersIn } from "#journal/touched.ts";
import { query, type Store } from "#store/store.ts";

export type Statement = Omit<Row<"month_statement">, "totals" | "rules"> & {
  totals: StatementTotals;
  rules: LightRules;
  /** Number in this office's log: what came later may be a correction. */
  number: number;
};

/** The closed month of an office; of two (closed again after a restore) the earlier counts. */
export function statementOf(store: Store, officeId: string, month: string): Statement | null {
  return statementsOf(store, officeId, month)[0] ?? null;
}

/** The months that offices have closed, the latest first; without reading what they say. */
export function closedMonths(store: Store, officeId: string): string[] {
  const rows = store.all(
    query
      .selectFrom("month_statement")
      .select("month")
      .distinct()
      .where("office_id", "=", officeId)
      .orderBy("month", "desc"),
  );
  return rows.map(({ month }) => month);
}

/** Every closed month of an office (or the one asked for) that this program can read, the earliest month first. */
export function statementsOf(store: Store, officeId: string, month?: string): Statement[] {
  const ofOffice = query
    .selectFrom("month_statement")
    .selectAll()
    .where("office_id", "=", officeId)
    .orderBy("month")
    .orderBy("frozen_on")
    .orderBy("id");
  const rows = store.all(month === undefined ? ofOffice : ofOffice.where("month", "=", month));
  const earliest = rows.filter((row, index) => row.month !== rows[index - 1]?.month);
  return earliest.flatMap(({ versions: _, touched_by, ...row }) => {
    const read = readStatement(row);
    return read ? [{ ...row, totals: read.totals, rules: read.rules, number: numbersIn(touched_by)[0] ?? 0 }] : [];
  });
}

/** Sums by part: the offices directly below `officeId` in their order, and what it manages itself. */
export function partsOf(office: Office, officeId: string, byOffice: ReadonlyMap<string, Figures>) {
  const { offices } = office;
  const own = offices.find(({ id }) => id === officeId);
  const below = offices.filter(({ parent_id }) => parent_id === officeId);
  const parts = below.map(({ id, name }) => ({
    officeId: id,
    name,
    figures: addFigures([...subtreeIds(offices, id)].map((each) => byOffice.get(each) ?? noFigures)),
  }));
  const self = byOffice.get(officeId);
  const name = below.length > 0 ? `${own?.name ?? ""}（本级）` : (own?.name ?? "");
  return [...parts, ...(self || below.length === 0 ? [{ officeId, name, figures: self ?? noFigures }] : [])];
}

/** The parts with their places by node completion. */
export function ranked<P extends { figures: Figures }>(parts: readonly P[]): (P & Pick<RankedPart, "rank">)[] {
  const ranks = rankByCompletion(parts.map(({ figures }) => figures));
  return parts.map((part, index) => ({ ...part, rank: ranks[index] ?? null }));
}

/** The offices whose books may be looked at here: this one's line and everything below it. */
export function visibleOffice(office: Office, officeId = office.id): Row<"office"> | undefined {
  const { offices } = office;
  const line = ancestorsOf(offices, office.id).map(({ id }) => id);
  const isVisible = line.includes(officeId) || office.subtree.has(officeId);
  return isVisible ? offices.find(({ id }) => id === officeId) : undefined;
}
