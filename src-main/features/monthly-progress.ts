/** Monthly progress (月度进度): one record per project and month, the same one in every office. */
import type { monthlyProgress as contract } from "#contract/ledger.ts";
import { monthOf } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { newId } from "#journal/journal.ts";
import { query } from "#store/store.ts";
import { formValues } from "./entry.ts";
import type { Handlers } from "./handlers.ts";

export const monthlyProgress: Handlers<typeof contract> = {
  save: (office, { projectId, month, values }) => {
    const given = formValues("monthly_progress", values, ["project_id", "month"]);
    office.editableProject(projectId);
    if (month > monthOf(office.today)) {
      throw new Failure("future_date", { field: "填报月份", today: office.today });
    }
    const identity = { project_id: projectId, month };
    const id = newId("monthly_progress", identity);
    const stored = office.store.first(query.selectFrom("monthly_progress").select("archived_on").where("id", "=", id));
    // Undoing the first report of a month archives it; reporting again brings it back.
    const restored = stored?.archived_on ? { archived_on: null } : {};
    return office.write("save_progress", id, [
      { entity: "monthly_progress", id, values: { ...identity, ...given, ...restored } },
    ]);
  },
};
