/**
 * The log, row by row: readable, complete, as it was written, numbered without gap, and this office's own acts in the
 * order of its clock. Everything else is derived from it, so that what is wrong here can only come back from a backup.
 */
import { hash } from "node:crypto";
import type { Finding } from "#domain/health.ts";
import { changeSetSchema } from "#journal/change-set.ts";
import { Log } from "#journal/log.ts";
import { openPacked } from "#journal/section/pack.ts";
import type { Store } from "#store/store.ts";
import type { Looked } from "./looked.ts";

type Row = {
  id: number;
  sets: number;
  records: number;
  clock: string;
  hash: string | null;
  checksum: string | null;
  body: string | Buffer;
};
/** What a row's body says of itself; `stamp`: of its first change set. */
type Read = { sets: number; records: number; stamp: string };

/** Problems named one by one before only their number is given. */
const NAMED = 5;
const WHAT_TO_DO =
  "日志不能修补：请停止录入，从最近的备份恢复（恢复办法见“备份”），再与往来单位各交换一次同步包，补回备份之后的内容。";

export function* checkLog(store: Store): Generator<Looked, Finding[]> {
  const log = new Log(store);
  const total = log.recordsBetween(0, log.end());
  const problems: string[] = [];
  let next = 1;
  let records = 0;
  let clock: Clock = [0, 0];
  let ownStamp = "";
  const rows = store.sqlite.prepare(
    "select id, sets, records, clock, hash, checksum, body from change_log order by id",
  );
  for (const row of rows.iterate() as Iterable<Row>) {
    if (row.id > next) problems.push(`缺第 ${next}—${row.id - 1} 次操作`);
    if (row.id < next) problems.push(`第 ${row.id} 次操作的编号重复`);
    next = Math.max(next, row.id + row.sets);
    records += row.records;
    yield { done: records, total };
    const read = readRow(row);
    if (typeof read === "string") {
      problems.push(`第 ${row.id} 次操作${read}`);
      continue;
    }
    const ticked = parseClock(row.clock);
    if (!ticked || isBefore(ticked, clock)) problems.push(`第 ${row.id} 次操作的时钟不对`);
    else clock = ticked;
    // Only what this office did itself has no hash: what came from elsewhere keeps the order of its arrival.
    if (row.hash !== null) continue;
    if (clockOf(read.stamp) <= clockOf(ownStamp)) problems.push(`第 ${row.id} 次操作的时间不晚于前一次`);
    ownStamp = read.stamp;
  }
  if (problems.length === 0) {
    return [
      { part: "log", state: "ok", text: `改动日志：${next - 1} 次操作，${records} 条记录，逐条读过，编号不缺不重` },
    ];
  }
  const more = problems.length > NAMED ? `等 ${problems.length} 处` : "";
  const text = `改动日志有损坏：${problems.slice(0, NAMED).join("；")}${more}。${WHAT_TO_DO}`;
  return [{ part: "log", state: "bad", text }];
}

function readRow(row: Row): Read | string {
  const read = readBody(row.body);
  if (read === null) return "读不出来";
  if (hash("sha256", row.body) !== (row.hash ?? row.checksum)) return "与登记的校验值不符";
  return read.sets === row.sets && read.records === row.records ? read : "与登记的条数不符";
}

function readBody(body: string | Buffer): Read | null {
  try {
    if (typeof body === "string") {
      const set = changeSetSchema.parse(JSON.parse(body));
      return { sets: 1, records: set.records.length, stamp: set.stamp };
    }
    const section = openPacked(body);
    return { sets: section.sets, records: section.changes, stamp: section.stampOf(0) };
  } catch {
    return null;
  }
}

/** The part of a stamp that orders it; empty for none. */
function clockOf(stamp: string): string {
  return stamp.slice(0, 12);
}

type Clock = [ms: number, counter: number];

function parseClock(text: string): Clock | null {
  const [ms = Number.NaN, counter = Number.NaN] = text.split(".").map(Number);
  return Number.isInteger(ms) && Number.isInteger(counter) ? [ms, counter] : null;
}

function isBefore([ms, counter]: Clock, [otherMs, otherCounter]: Clock): boolean {
  return ms < otherMs || (ms === otherMs && counter < otherCounter);
}
