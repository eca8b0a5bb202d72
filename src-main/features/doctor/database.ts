/** The database file by SQLite's own check, and every table compared with a replay of the log (sync law 2). */
import { createHash } from "node:crypto";
import { sizeText } from "#domain/attachment.ts";
import type { Finding } from "#domain/health.ts";
import { entityNames, registry } from "#domain/registry.ts";
import { appliedTables } from "#journal/apply.ts";
import { Log } from "#journal/log.ts";
import { replay } from "#journal/rebuild.ts";
import { storageFailure } from "#store/storage-failure.ts";
import type { Store } from "#store/store.ts";
import type { Looked } from "./looked.ts";

/** Records and rows looked at without a pause. */
const PORTION = 500;

type TableState = { rows: number; digest: string };

const derived = { field_heads: "冲突记录", project_search: "搜索索引", unknown_record: "新版程序的记录" };
const order = {
  field_heads: "entity, row_id, field, kind",
  project_search: "project_id",
  unknown_record: "entity, id",
};

export function checkFile(store: Store): Finding[] {
  const { sqlite } = store;
  const pages = sqlite.pragma("page_count", { simple: true }) as number;
  const size = pages * (sqlite.pragma("page_size", { simple: true }) as number);
  const sound = isSound(store);
  const text = sound
    ? `数据库文件完整性：正常（${sizeText(size)}）`
    : "数据库文件有损坏：请立即停止使用，并从最近的备份恢复（恢复办法见“备份”）";
  return [{ part: "file", state: sound ? "ok" : "bad", text }];
}

function isSound({ sqlite }: Store): boolean {
  try {
    const broken = sqlite.pragma("foreign_key_check") as unknown[];
    return sqlite.pragma("integrity_check", { simple: true }) === "ok" && broken.length === 0;
  } catch {
    // Pages so damaged that the check itself cannot read them.
    return false;
  }
}

/**
 * Compares every table with a replay of the log into temporary tables, which stand before the real ones for as long as
 * the connection is open. `store`: a connection of its own, inside a transaction.
 */
export function* compareTables(store: Store): Generator<Looked, Finding[]> {
  const log = new Log(store);
  const total = log.recordsBetween(0, log.end());
  const before = yield* tableStates(store, { done: 0, total });
  const after = yield* replayed(store, log, total);
  if (after === null) {
    return [{ part: "tables", state: "bad", text: "改动日志重放不出来，没法与各表对照：请先按“改动日志”的提示处理" }];
  }
  return [...before].map(([table, state]): Finding => {
    const label = Object.hasOwn(derived, table)
      ? derived[table as keyof typeof derived]
      : registry[table as keyof typeof registry].label;
    const replay = after.get(table);
    const count = `${label}：${state.rows} 条`;
    if (replay?.digest === state.digest) return { part: "tables", state: "ok", text: `${count}，与改动日志一致` };
    const text = `${count}，与改动日志重放的结果（${replay?.rows ?? 0} 条）不一致：请按日志重建`;
    return { part: "tables", state: "bad", text };
  });
}

/** Null when the log cannot be replayed. */
function* replayed(store: Store, log: Log, total: number): Generator<Looked, Map<string, TableState> | null> {
  const tables = ["field_heads", "unknown_record", ...appliedTables];
  const made = store.sqlite.prepare("select sql from main.sqlite_master where type = 'table' and name = ?").pluck();
  for (const table of tables) {
    store.sqlite.exec(String(made.get(table)).replace(/^create table/i, "create temp table"));
  }
  let [records, done] = [0, 0];
  try {
    for (const changes of replay(store, log, log.end())) {
      done += changes;
      if (++records % PORTION === 0) yield { done, total };
    }
    return yield* tableStates(store, { done: total, total });
  } catch (error) {
    // That is no fault of the log.
    if (storageFailure(error, store.path)) throw error;
    return null;
  }
}

function* tableStates(store: Store, looked: Looked): Generator<Looked, Map<string, TableState>> {
  const states = new Map<string, TableState>();
  for (const table of [...entityNames, ...(Object.keys(derived) as (keyof typeof derived)[])]) {
    const by = Object.hasOwn(order, table) ? order[table as keyof typeof order] : "id";
    const hash = createHash("sha256");
    let rows = 0;
    for (const row of store.sqlite.prepare(`select * from ${table} order by ${by}`).raw().iterate()) {
      hash.update(JSON.stringify(row));
      if (++rows % PORTION === 0) yield looked;
    }
    states.set(table, { rows, digest: hash.digest("hex") });
  }
  return states;
}
