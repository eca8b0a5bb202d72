/**
 * `npm run hub`: an unattended exchange. Takes in a folder of bundles, each accepted, parked, refused or known, then
 * writes the next bundle for every child. It can be killed at any time and run again: what was taken in is known.
 */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { LinkState } from "#contract/exchange.ts";
import { Failure } from "#domain/failure.ts";
import { failureOf, type OfficeAt, openOfficeAt } from "#shells/cli/office-at.ts";
import { type HubOptions, hubOptions } from "./hub-options.ts";
import { contentOf, headOf, type InboxFile, inOrder, listInbox, reasonOf } from "./inbox.ts";
import { Report, type ReportLine } from "./report.ts";

type Call = OfficeAt["call"];
type Print = (line: string) => void;
const OUTCOMES = ["已导入", "部分拒收", "暂存", "以前已导入", "拒收", "已导出", "没有新内容", "没有导出"] as const;
type Outcome = (typeof OUTCOMES)[number];

/** 0: nothing refused; 1: something refused or not exported; 2: not run to its end. */
type ExitCode = 0 | 1 | 2;

const TROUBLE: readonly Outcome[] = ["部分拒收", "拒收", "没有导出"];

/** After one of these every further file would fail the same way. */
const STOPS = ["disk_full", "keys_missing", "keys_damaged", "not_signed_in", "report_unusable"];

export async function runHub(parameters: string[], print: Print): Promise<ExitCode> {
  const options = hubOptions(parameters);
  if (typeof options === "string") {
    print(options);
    return 2;
  }
  try {
    const files = await listInbox(options.inbox);
    const { call, core } = await openOfficeAt(options.data);
    try {
      makeOutbox(options.outbox);
      return await exchange(call, options, files, print);
    } finally {
      await core.close();
    }
  } catch (error) {
    print(`没有办完：${failureOf(error).message}`);
    return 2;
  }
}

function makeOutbox(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Failure("folder_unusable", { folder, reason: reasonOf(error) });
  }
}

async function exchange(
  call: Call,
  options: HubOptions,
  files: readonly { name: string; path: string }[],
  print: Print,
): Promise<ExitCode> {
  const person = await choosePerson(call, options.person);
  print(`${person.office}，经办人：${person.name}。收件 ${files.length} 个，清单：${options.report}`);
  const report = new Report(options.report, person.name);
  const counts = new Map<Outcome, number>();
  const note = (place: string, outcome: Outcome, line: Omit<ReportLine, "outcome">) => {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    report.add({ ...line, outcome });
    print(`${place} ${outcome}  ${line.file || line.peer}${line.explanation && `  ${line.explanation}`}`);
  };
  try {
    await takeInAll(call, files, note);
    await exportAll(call, options.outbox, note);
  } finally {
    report.close();
    const summary = OUTCOMES.filter((outcome) => counts.has(outcome)).map(
      (outcome) => `${outcome} ${counts.get(outcome)}`,
    );
    print(summary.length === 0 ? "没有收件，也没有下级单位。" : `合计：${summary.join("，")}`);
  }
  return TROUBLE.some((outcome) => counts.has(outcome)) ? 1 : 0;
}

type Note = (place: string, outcome: Outcome, line: Omit<ReportLine, "outcome">) => void;

async function takeInAll(call: Call, files: readonly { name: string; path: string }[], note: Note): Promise<void> {
  const labelled: InboxFile[] = [];
  for (const file of files) {
    labelled.push({ ...file, label: await call.exchange.label({ file: await headOf(file.path, file.name) }) });
  }
  for (const [index, file] of inOrder(labelled).entries()) {
    const place = `[收 ${index + 1}/${files.length}]`;
    const line = { file: file.name, peer: file.label?.fromName ?? "", number: file.label?.number ?? null };
    await settling(note, place, "拒收", line, async () => {
      const { outcome, peerName, number, summary, ...counts } = await call.exchange.import({
        file: await contentOf(file),
      });
      const { added, changed, conflicts, released } = counts;
      const outcomes = {
        applied: counts.refused > 0 ? "部分拒收" : "已导入",
        parked: "暂存",
        already: "以前已导入",
      } as const;
      const also = released.length > 0 ? `暂存的第 ${released.join("、")} 号包也已导入。` : "";
      const numbers = outcome === "applied" ? { added, changed, conflicts } : {};
      const explanation = `${summary}${also}${counts.notes.join("")}${counts.keyNews ?? ""}`;
      note(place, outcomes[outcome], { ...line, peer: peerName, number, ...numbers, explanation });
    });
  }
}

async function exportAll(call: Call, outbox: string, note: Note): Promise<void> {
  dropUnfinished(outbox);
  const children = (await call.exchange.links()).filter(isOpenChild);
  for (const [index, { peerId, peerName }] of children.entries()) {
    const place = `[发 ${index + 1}/${children.length}]`;
    const line = { file: "", peer: peerName, number: null };
    await settling(note, place, "没有导出", line, async () => {
      const made = await call.exchange.export({ peerId, folder: outbox, unlessCurrent: true });
      const { fileName: file, number, changeSets, recordChanges } = made;
      const explanation = `${changeSets} 次操作，${recordChanges} 条记录变动，已写入并核对。`;
      note(place, "已导出", { file, peer: peerName, number, explanation });
    });
  }
}

function isOpenChild({ role, state }: LinkState): boolean {
  return role === "child" && state === "active";
}

/** Notes the failure of one file or child, and goes on; throws what stops the whole run. */
async function settling(
  note: Note,
  place: string,
  refused: Outcome,
  line: Omit<ReportLine, "outcome" | "explanation">,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code, message } = failureOf(error);
    if (STOPS.includes(code)) throw error;
    const isNothing = code === "nothing_to_export" || code === "export_current";
    note(place, isNothing ? "没有新内容" : refused, { ...line, explanation: message });
  }
}

/** Halves of bundles that a killed run left behind. */
function dropUnfinished(outbox: string): void {
  for (const name of readdirSync(outbox)) {
    if (/^同步包-.*\.lxq\.part$/.test(name)) rmSync(join(outbox, name), { force: true });
  }
}

/** The named person, or the only one of the office. Throws Failure person_unclear, and the key's own. */
async function choosePerson(call: Call, name: string | null): Promise<{ name: string; office: string }> {
  const { people, office, keyProblem } = await call.setup.state();
  if (keyProblem === "revoked") throw new Failure("own_key_revoked");
  if (keyProblem !== null) throw new Failure(keyProblem === "missing" ? "keys_missing" : "keys_damaged");
  const meant = name === null ? people : people.filter((person) => person.name === name);
  const [person, other] = meant;
  if (!person || other) {
    const names = people.map((each) => each.name).join("、");
    throw new Failure("person_unclear", { office: office?.name ?? "", names: names || "（没有）" });
  }
  await call.setup.choosePerson({ personId: person.id });
  return { name: person.name, office: office?.name ?? "" };
}
