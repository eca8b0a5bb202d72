/** Links against the log and the record of bundles, and parked bundles against their files. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "#domain/health.ts";
import type { Office } from "#features/office.ts";
import { query } from "#store/store.ts";
import { type Link, readLinks } from "#sync/links.ts";

export function checkExchange(office: Office): Finding[] {
  const links = readLinks(office.store).filter(({ state }) => state === "active");
  const none: Finding = { part: "exchange", state: "ok", text: "还没有与其他单位往来" };
  return [...(links.length === 0 ? [none] : links.map((link) => checkLink(office, link))), ...checkParked(office)];
}

function checkLink(office: Office, link: Link): Finding {
  const problems = [...sentProblems(office, link), ...receivedProblems(office, link)];
  if (problems.length === 0) {
    const text = `与${link.peer_name}的往来：发到第 ${link.sent_number} 号包（对方确认到第 ${link.acked_number} 号），收到第 ${link.received_number} 号，与记录相符`;
    return { part: "exchange", state: "ok", text };
  }
  const text = `与${link.peer_name}的往来记录不符：${problems.join("；")}。请不要再导出给它，从最近的备份恢复后再交换一次同步包；没有备份的，请联系技术人员`;
  return { part: "exchange", state: "bad", text };
}

function sentProblems({ store, journal }: Office, link: Link): string[] {
  const problems: string[] = [];
  const end = journal.log.end();
  if (link.acked_position > end) problems.push(`对方确认到第 ${link.acked_position} 次操作，本机日志只到第 ${end} 次`);
  if (link.acked_number > link.sent_number) problems.push("对方确认的包号比发出的还大");
  const sent = store.first(
    query
      .selectFrom("exchange")
      .select((eb) => [eb.fn.max("number").as("number"), eb.fn.max("position").as("position")])
      .where("peer_id", "=", link.peer_id)
      .where("direction", "=", "out")
      .where("replica", "=", journal.replica),
  );
  if ((sent?.number ?? 0) > link.sent_number)
    problems.push(`第 ${sent?.number} 号包已经发过，编号却只记到第 ${link.sent_number} 号`);
  if ((sent?.position ?? 0) > end) problems.push("发出过的内容，本机日志里已经没有");
  return problems;
}

function receivedProblems({ store }: Office, link: Link): string[] {
  if (link.received_number === 0) return [];
  const applied = store.all(
    query
      .selectFrom("exchange")
      .select(["number", "position"])
      .where("peer_id", "=", link.peer_id)
      .where("direction", "=", "in")
      .where("outcome", "=", "applied"),
  );
  const last = applied.filter(({ number }) => number === link.received_number);
  if (last.length === 0) return [`没有导入第 ${link.received_number} 号包的记录`];
  // Lives of the peer count on from each other, so any of its bundles may have brought us so far.
  const furthest = Math.max(...applied.map(({ position }) => position ?? 0));
  const isReached =
    last.some(({ position }) => link.received_position >= (position ?? 0)) && link.received_position <= furthest;
  return isReached ? [] : [`收到第 ${link.received_number} 号包，但记下的进度与它不符`];
}

function checkParked(office: Office): Finding[] {
  const rows = office.store.all(query.selectFrom("parked").selectAll());
  const folder = join(office.environment.dataFolder, "parked");
  const files = new Set(filesIn(folder));
  const names = new Map(readLinks(office.store).map((link) => [link.peer_id, link.peer_name]));
  const lost = rows.filter(({ id }) => !files.has(id));
  const stray = [...files].filter((name) => !rows.some(({ id }) => id === name));
  const findings = lost.map(({ peer_id, number }): Finding => {
    const text = `暂存的${names.get(peer_id) ?? ""}第 ${number} 号包不见了：请对方重新导出一次`;
    return { part: "exchange", state: "bad", text };
  });
  if (stray.length > 0) {
    const text = `文件夹 parked 里有 ${stray.length} 个没有登记的文件，不影响使用，可以删除：${folder}`;
    findings.push({ part: "exchange", state: "note", text });
  }
  const waiting = rows.length - lost.length;
  const text = waiting === 0 ? "没有暂存的包" : `暂存 ${waiting} 个包，文件都在；补上所缺的包后自动导入`;
  return lost.length > 0 && waiting === 0 ? findings : [{ part: "exchange", state: "ok", text }, ...findings];
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Nothing was ever parked.
    return [];
  }
}
