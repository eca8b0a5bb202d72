/** Search and sort keys of issues' titles, worked out when a search or a sort first asks for them. */
import { nameKeys } from "#domain/pinyin.ts";
import { query, type Store } from "#store/store.ts";

/**
 * Brings `issue_search` up to date. Its rows stay in the database; triggers of this session note which issues changed
 * since, so that only the first call looks through all of them.
 */
export function refreshIssueSearch(store: Store): void {
  const isWatched = store.prepare("select 1 from temp.sqlite_master where name = 'issue_unsearched'").get();
  if (!isWatched) {
    for (const statement of watching) store.sqlite.exec(statement);
    store.sqlite.exec(`insert into issue_unsearched select issue.id from issue
      left join issue_search on issue_id = issue.id where issue_search.title is not issue.title`);
  }
  const changed = store
    .prepare("select id, title from issue where id in (select issue_id from issue_unsearched)")
    .all() as { id: string; title: string }[];
  if (changed.length === 0) return;
  store.transaction(() => {
    for (const { id, title } of changed) {
      const { search, sort } = nameKeys(title);
      const keys = { issue_id: id, title, search, title_key: sort };
      store.run(query.replaceInto("issue_search").values(keys));
    }
    store.sqlite.exec("delete from issue_unsearched");
  });
}

const watching = [
  "create temp table issue_unsearched (issue_id text primary key) without rowid",
  `create temp trigger issue_to_search after insert on main.issue
    begin insert or ignore into issue_unsearched values (new.id); end`,
  `create temp trigger issue_to_search_again after update of title on main.issue
    begin insert or ignore into issue_unsearched values (new.id); end`,
];
