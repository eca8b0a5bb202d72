/**
 * Whom a monthly report is due from. 大政办发〔2023〕2号 has the plans of all lists broken down to months and says of no
 * stage that it need not report: the setting `report.stages` does. A project whose stage nobody has entered must report.
 */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Settings } from "#domain/settings.ts";

/** For rows with the project's `stage`, of the table or alias `from` where several have one. */
export function mustReport(settings: Settings, from?: string): RawBuilder<SqlBool> {
  const stage = sql.ref(from === undefined ? "stage" : `${from}.stage`);
  const stages = sql.join(settings["report.stages"].map((each) => sql.lit(each)));
  return sql<SqlBool>`(${stage} is null or ${stage} in (${stages}))`;
}
