/** 资金 (F13, R-18): by project and source, arranged against paid. Rules: domain/funds.ts. */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { funds as contract, FundFilter, FundRow, FundTotals } from "#contract/plans.ts";
import { Failure } from "#domain/failure.ts";
import { isPaymentLate, paymentPercent, watchedSources } from "#domain/funds.ts";
import { subtreeIds } from "#domain/office-tree.ts";
import { searchNeedle } from "#domain/pinyin.ts";
import { fundSources, keysOf } from "#domain/values.ts";
import { formValues } from "#features/entry.ts";
import { basisOn } from "#features/figures/basis.ts";
import { figuresOn } from "#features/figures/figures.ts";
import { figuresReady } from "#features/figures/ready.ts";
import type { Handlers, InputOf } from "#features/handlers.ts";
import type { Office } from "#features/office.ts";
import { inActiveProject } from "#features/project-facts.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";

export const funds = {
  list: async (office, input) => {
    await figuresReady(office, basisOn(office, input.asOf));
    return listFunds(office, input);
  },

  ofProject: (office, { projectId, asOf }) => {
    const found = query.selectFrom("fund").where("project_id", "=", projectId).where("archived_on", "is", null);
    const ids = office.store.all(found.select("id").orderBy("year", "desc").orderBy("source").orderBy("id"));
    return {
      rows: fundRows(
        office,
        ids.map(({ id }) => id),
        asOf,
      ),
      totals: addUp(totalsBySource(office, found, asOf)),
      warnFromMonth: office.settings["fund.warnFromMonth"],
    };
  },

  save: (office, { id, projectId, values }) => {
    const given = formValues("fund", values, ["project_id"]);
    office.editableProject(projectId);
    if (id !== undefined) {
      if (readFund(office, id).project_id !== projectId) throw new Failure("not_found", { what: "资金" });
      return office.write("save_fund", id, [{ entity: "fund", id, values: given }]);
    }
    const made = newId("fund");
    return office.write("save_fund", made, [{ entity: "fund", id: made, values: { ...given, project_id: projectId } }]);
  },

  archive: (office, { id }) => {
    office.editableProject(readFund(office, id).project_id);
    return office.write("archive_fund", id, [{ entity: "fund", id, values: { archived_on: office.today } }]);
  },
} satisfies Handlers<typeof contract>;

/** A window of the funds of the filter, by the pinyin of their projects, and what all of them add up to. */
export function listFunds(office: Office, { filter, asOf, offset, limit }: InputOf<typeof contract, "list">) {
  const { store, offices } = office;
  const found = filteredFunds(office, filter, asOf);
  const ofActive = found.where(inActiveProject(office, "fund.project_id", filter.officeId));
  const bySource = totalsBySource(office, ofActive, asOf);
  // The figures say in one look whether a project is active and where its name comes.
  const ids = store.all(
    found
      .innerJoin(figuresOn(store, basisOn(office, asOf)).as("ledger"), "ledger.project_id", "fund.project_id")
      .select("fund.id")
      .where("ledger.is_archived", "=", 0)
      .where("ledger.managed_by", "in", [...subtreeIds(offices, filter.officeId ?? office.id)])
      .orderBy("ledger.name_key")
      .orderBy("fund.year", "desc")
      .orderBy("fund.id")
      .offset(offset)
      .limit(limit),
  );
  const totals = addUp(bySource);
  const years = store.all(query.selectFrom("fund").select("year").distinct().orderBy("year", "desc"));
  return {
    rows: fundRows(
      office,
      ids.map(({ id }) => id),
      asOf,
    ),
    total: totals.count,
    totals,
    bySource,
    years: years.map(({ year }) => year),
    warnFromMonth: office.settings["fund.warnFromMonth"],
  };
}

function readFund(office: Office, id: string) {
  const fund = office.store.first(query.selectFrom("fund").select("project_id").where("id", "=", id));
  if (!fund) throw new Failure("not_found", { what: "资金" });
  return fund;
}

/** Funds of the filter but for its office: whether a project is active and of it is asked where they are used. */
function filteredFunds(office: Office, { year, source, search, lateOnly }: FundFilter, asOf: string) {
  const needle = searchNeedle(search ?? "");
  return query
    .selectFrom("fund")
    .where("fund.archived_on", "is", null)
    .$if(year !== undefined, (found) => found.where("fund.year", "=", year ?? 0))
    .$if(source !== undefined, (found) => found.where("fund.source", "=", source ?? "social"))
    .$if(lateOnly === true, (found) => found.where(lateCondition(office, asOf)))
    .$if(needle !== "", (found) =>
      found.where(
        sql<boolean>`fund.project_id in (select project_id from project_search where instr(search, ${needle}) > 0)`,
      ),
    );
}

/** SQL twin of isPaymentLate in domain/funds.ts; a test holds the two together. */
function lateCondition(office: Office, asOf: string): RawBuilder<SqlBool> {
  const fromMonth = office.settings["fund.warnFromMonth"];
  if (fromMonth === null) return sql<SqlBool>`false`;
  const sources = sql.join(watchedSources.map((source) => sql.lit(source)));
  const [year, month] = [Number(asOf.slice(0, 4)), Number(asOf.slice(5, 7))];
  const lastYear = month >= fromMonth ? year : year - 1;
  return sql<SqlBool>`(fund.source in (${sources}) and fund.year <= ${lastYear}
    and coalesce(fund.arranged, 0) > coalesce(fund.paid, 0))`;
}

function fundRows(office: Office, ids: readonly string[], asOf: string): FundRow[] {
  const rows = office.store.all(
    query
      .selectFrom("fund")
      .innerJoin("project", "project.id", "fund.project_id")
      .leftJoin("office", "office.id", "project.office_id")
      .selectAll("fund")
      .select(["project.name as projectName", "office.name as officeName"])
      .where("fund.id", "in", sql<string>`(select value from json_each(${JSON.stringify(ids)}))`),
  );
  const fromMonth = office.settings["fund.warnFromMonth"];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const found = byId.get(id);
    if (!found) return [];
    const { versions: _, touched_by: __, ...row } = found;
    const rated = { percent: paymentPercent(row), isLate: isPaymentLate(row, asOf, fromMonth) };
    return [{ ...row, officeName: row.officeName ?? "", ...rated }];
  });
}

type Sums = Omit<FundTotals, "percent">;

function totalsBySource(office: Office, found: ReturnType<typeof filteredFunds>, asOf: string) {
  const sums = office.store.all(
    found
      .select([
        "fund.source",
        sql<number>`count(*)`.as("count"),
        sql<number>`coalesce(sum(fund.arranged), 0)`.as("arranged"),
        sql<number>`coalesce(sum(fund.paid), 0)`.as("paid"),
        sql<number>`coalesce(sum(${lateCondition(office, asOf)}), 0)`.as("late"),
      ])
      .groupBy("fund.source"),
  );
  return keysOf(fundSources).flatMap((source) => {
    const sum = sums.find((each) => each.source === source);
    return sum ? [{ ...sum, percent: paymentPercent(sum) }] : [];
  });
}

function addUp(sums: readonly Sums[]): FundTotals {
  const total = { count: 0, arranged: 0, paid: 0, late: 0 };
  for (const { count, arranged, paid, late } of sums) {
    total.count += count;
    total.arranged += arranged;
    total.paid += paid;
    total.late += late;
  }
  return { ...total, percent: paymentPercent(total) };
}
