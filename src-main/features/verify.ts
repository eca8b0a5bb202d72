/** Proof that the database is sound: SQLite's own check, and every table compared with a replay of the log (law 2). */
import { createHash } from "node:crypto";
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

/** Compares without leaving a trace: the replay runs in a savepoint that is rolled back. Lines are for the clerk. */
export function verifyStore(store: Store): { ok: boolean; lines: string[] } {
  const integrity = store.sqlite.pragma("integrity_check", { simple: true });
  const broken = store.sqlite.pragma("foreign_key_check") as unknown[];
  const counts = store.sqlite.prepare("select coalesce(sum(sets), 0), coalesce(sum(records), 0) from change_log").raw();
  const [sets, records] = counts.get() as [number, number];
  const tables = tableLines(store);
  const isSound = integrity === "ok" && broken.length === 0;
  return {
    ok: isSound && tables.every(({ ok }) => ok),
    lines: [
      isSound ? "数据库文件完整性：正常" : "数据库文件有损坏：请立即停止使用，并从最近的备份恢复",
      `改动日志：${sets} 次操作，${records} 条记录`,
      ...tables.map(({ line }) => line),
    ],
  };
}

function tableLines(store: Store): { ok: boolean; line: string }[] {
  const before = tableStates(store);
  const after = replayed(store);
  return [...before].map(([table, state]) => {
    const label = Object.hasOwn(derived, table)
      ? derived[table as keyof typeof derived]
      : registry[table as keyof typeof registry].label;
    const replay = after.get(table);
    const ok = replay?.digest === state.digest;
    const count = `${label}：${state.rows} 条`;
    if (ok) return { ok, line: `${count}，与改动日志一致` };
    return { ok, line: `${count}，与改动日志重放的结果（${replay?.rows ?? 0} 条）不一致，请先备份再联系技术人员` };
  });
}

function replayed(store: Store): Map<string, TableState> {
  store.sqlite.exec("savepoint verify");
  try {
    rebuildTables(store);
    return tableStates(store);
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
