/** Search and sort keys of issues' titles, worked out when a search or a sort first asks for them. */
import { nameKeys } from "#domain/pinyin.ts";
import { query, type Store } from "#store/store.ts";

/**
 * Brings `issue_search` up to date. Its rows stay in the database; triggers of this session note which issues changed
 * since, so that only the first call, and the first after another connection wrote, look through all of them. While an
 * import has the database nothing is added: what has no keys yet is not found by them until it has ended.
 */
export function refreshIssueSearch(store: Store): void {
  const { version } = store;
  for (const statement of watching) store.sqlite.exec(statement);
  if (store.prepare("select version from issue_basis").pluck().get() !== version) {
    store.sqlite.exec(`insert or ignore into issue_unsearched select issue.id from issue
      left join issue_search on issue_id = issue.id where issue_search.title is not issue.title`);
    store.prepare("insert or replace into issue_basis values (1, ?)").run(version);
  }
  const changed = store
    .prepare("select id, title from issue where id in (select issue_id from issue_unsearched)")
    .all() as { id: string; title: string }[];
  if (changed.length === 0) return;
  store.unlessBusy(() => {
    for (const { id, title } of changed) {
      const { search, sort } = nameKeys(title);
      const keys = { issue_id: id, title, search, title_key: sort };
      store.run(query.replaceInto("issue_search").values(keys));
    }
    store.sqlite.exec("delete from issue_unsearched");
  });
}

const watching = [
  "create temp table if not exists issue_unsearched (issue_id text primary key) without rowid",
  "create temp table if not exists issue_basis (id integer primary key, version integer not null)",
  `create temp trigger if not exists issue_to_search after insert on main.issue
    begin insert or ignore into issue_unsearched values (new.id); end`,
  `create temp trigger if not exists issue_to_search_again after update of title on main.issue
    begin insert or ignore into issue_unsearched values (new.id); end`,
];
