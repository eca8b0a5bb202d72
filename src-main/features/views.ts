/** Saved views: rows of a local table, written past the journal because no other office or person sees them. */
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { views as contract } from "#contract/views.ts";
import { Failure } from "#domain/failure.ts";
import { pinyinKey } from "#domain/pinyin.ts";
import { query } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";
import type { Handlers } from "./handlers.ts";
import type { Office } from "./office.ts";

type Stored = Tables["saved_view"];

export const views: Handlers<typeof contract> = {
  list: (office) =>
    ownViews(office)
      .map((view) => ({ view, key: `${view.page} ${pinyinKey(view.name)}` }))
      .sort((left, right) => (left.key < right.key ? -1 : 1))
      .map(({ view: { id, page, name, search, columns, is_default } }) => ({
        id,
        page,
        name,
        search,
        columns: readColumns(columns),
        isDefault: is_default === 1,
      })),

  save: (office, { page, name, search, columns }) => {
    const values = { search, columns: columns && JSON.stringify(columns) };
    const same = ownViews(office).find((view) => view.page === page && view.name === name);
    if (same) {
      office.store.run(query.updateTable("saved_view").set(values).where("id", "=", same.id));
      return { id: same.id };
    }
    const id = uuidv7();
    const person_id = office.actor.personId;
    office.store.run(query.insertInto("saved_view").values({ id, person_id, page, name, ...values, is_default: 0 }));
    return { id };
  },

  rename: (office, { id, name }) => {
    const { page } = ownView(office, id);
    const taken = ownViews(office).some((view) => view.id !== id && view.page === page && view.name === name);
    if (taken) throw new Failure("invalid_value", { where: "视图", field: "名称", reason: `已有名为“${name}”的视图` });
    office.store.run(query.updateTable("saved_view").set({ name }).where("id", "=", id));
  },

  remove: (office, { id }) => {
    office.store.run(query.deleteFrom("saved_view").where("id", "=", ownView(office, id).id));
  },

  setDefault: (office, { id, isDefault }) => {
    const { page, person_id } = ownView(office, id);
    const ofPage = query.updateTable("saved_view").where("page", "=", page).where("person_id", "=", person_id);
    office.store.transaction(() => {
      office.store.run(ofPage.set({ is_default: 0 }));
      if (isDefault) office.store.run(query.updateTable("saved_view").set({ is_default: 1 }).where("id", "=", id));
    });
  },
};

function ownViews(office: Office): Stored[] {
  const { personId } = office.actor;
  return office.store.all(query.selectFrom("saved_view").selectAll().where("person_id", "=", personId));
}

function ownView(office: Office, id: string): Stored {
  const view = ownViews(office).find((each) => each.id === id);
  if (!view) throw new Failure("not_found", { what: "视图" });
  return view;
}

function readColumns(stored: string | null): string[] | null {
  return stored === null ? null : z.array(z.string()).parse(JSON.parse(stored));
}
