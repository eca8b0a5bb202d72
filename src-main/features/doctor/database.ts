/** The database file by SQLite's own check, and every table compared with a replay of the log (sync law 2). */
import { createHash } from "node:crypto";
import { sizeText } from "#domain/attachment.ts";
import type { Finding } from "#domain/health.ts";
import { entityNames, registry } from "#domain/registry.ts";
import { rebuildTables } from "#journal/rebuild.ts";
import type { Store } from "#store/store.ts";

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

/** Compares without leaving a trace: the replay runs in a savepoint that is rolled back. */
export function checkTables(store: Store): Finding[] {
  const before = tableStates(store);
  const after = replayed(store);
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
function replayed(store: Store): Map<string, TableState> | null {
  store.sqlite.exec("savepoint verify");
  try {
    rebuildTables(store);
    return tableStates(store);
  } catch {
    return null;
  } finally {
    store.sqlite.exec("rollback to verify; release verify");
  }
}

function tableStates(store: Store): Map<string, TableState> {
  const tables = [...entityNames, ...(Object.keys(derived) as (keyof typeof derived)[])];
  return new Map(
    tables.map((table) => {
      const by = Object.hasOwn(order, table) ? order[table as keyof typeof order] : "id";
      return [table, tableState(store, `select * from ${table} order by ${by}`)];
    }),
  );
}

function tableState(store: Store, select: string): TableState {
  const hash = createHash("sha256");
  let rows = 0;
  for (const row of store.sqlite.prepare(select).raw().iterate()) {
    hash.update(JSON.stringify(row));
    rows++;
  }
  return { rows, digest: hash.digest("hex") };
}
