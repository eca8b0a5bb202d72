/** Two closed months of the demo, and some figures that came to be corrected afterwards. */
import { addMonths, monthOf } from "#domain/calendar.ts";
import { closeMonth } from "#features/books/close.ts";
import type { Office } from "#features/office.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import type { DemoProject } from "./nodes.ts";
import type { Random } from "./random.ts";

/** The last month that is over stays open, to be closed by whoever tries the demo. */
export function closeDemoMonths(office: Office, random: Random, projects: readonly DemoProject[]): void {
  const last = addMonths(monthOf(office.today), -1);
  for (const month of [addMonths(last, -2), addMonths(last, -1)]) closeMonth(office, month);
  const corrected = projects.flatMap(({ id: project_id }): Write[] => {
    const id = newId("monthly_progress", { project_id, month: addMonths(last, -1) });
    const reported = office.store.first(
      query.selectFrom("monthly_progress").select("completed_investment").where("id", "=", id),
    )?.completed_investment;
    if (!reported || !random.chance(8)) return [];
    const completed_investment = Math.round((reported * 9) / 1000) * 100;
    return [{ entity: "monthly_progress", id, values: { completed_investment } }];
  });
  if (corrected.length > 0) office.write("save_progress", office.id, corrected);
}
