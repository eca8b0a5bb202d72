/** What only reads is answered while another connection writes; what writes takes turns. */
import { join } from "node:path";
import { ORPCError } from "@orpc/client";
import type { AnyContractProcedure } from "@orpc/contract";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import type { ProcedureMeta } from "#contract/base.ts";
import { contract } from "#contract/contract.ts";
import { DATABASE_FILE, openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { Turns } from "#core/turns.ts";
import { tempFolder } from "../helpers/replica.ts";

const asOf = "2026-11-22";
const everything = { filter: {}, asOf };
const text = (name: string) => new File(["项目名称\n示例项目\n"], name);

async function openDemo() {
  const dataFolder = tempFolder();
  const printPdf = async () => new Uint8Array([1]);
  const core = await openCore({ dataFolder, version: "0.0.0", shell: "browser", printPdf });
  onTestFinished(() => core.close());
  const call = localClient(core.router);
  await call.setup.createDemo();
  return { call, dataFolder };
}

/** A sentence for the clerk is an answer as well; "internal" is what a locked database would give. */
function isSentence(error: Error): boolean {
  return error instanceof ORPCError && error.code === "FAILURE" && error.data.code !== "internal";
}

/** Names of all calls that say of themselves that they only read. */
function readings(): string[] {
  return Object.entries(contract).flatMap(([slice, procedures]) =>
    Object.entries(procedures as Record<string, AnyContractProcedure>)
      .filter(([, procedure]) => (procedure["~orpc"].meta as ProcedureMeta).reads)
      .map(([name]) => `${slice}.${name}`),
  );
}

test("every call that only reads is answered while another connection writes", async () => {
  const { call, dataFolder } = await openDemo();
  const { rows } = await call.projects.list({ ...everything, offset: 0, limit: 1 });
  const { people } = await call.setup.state();
  const issue = (await call.issues.list({ ...everything, offset: 0, limit: 1 })).rows[0]?.id ?? "";
  const id = rows[0]?.id ?? "";
  /** Inputs that make each of them do its work, as far as the demo data has some. */
  const inputs: Record<string, unknown> = {
    "attachments.list": { subject: { projectId: id } },
    "attachments.content": { id },
    "attachments.thumbnail": { id },
    "exchange.waiting": { peerId: id },
    "exchange.label": { file: text("a.lxq") },
    "exchange.records": { exchangeId: id, limit: 100 },
    "exchange.conflictHistory": { conflictId: id },
    "exchange.previewSettling": { rule: "newest", conflictIds: [id] },
    "keys.inspectInvitation": { file: text("a.lxq-invitation") },
    "offices.inspectRequest": { file: text("a.lxq-request") },
    "people.list": {},
    "people.find": { search: "zsl", limit: 5 },
    "books.month": { month: "2026-10" },
    "books.lines": { month: "2026-10", offset: 0, limit: 5 },
    "books.corrections": { month: "2026-10" },
    "books.closedMonths": {},
    "books.period": { year: 2026, quarter: null },
    "folders.list": {},
    "issues.list": { filter: { search: "xm" }, offset: 0, limit: 5, asOf },
    "issues.counts": everything,
    "issues.get": { id: issue, asOf },
    "issues.statistics": { from: "2026-01-01", to: asOf },
    "charts.lights": { month: "2026-11", asOf },
    "charts.investment": { asOf },
    "charts.issues": { asOf },
    "charts.secretaries": { asOf },
    "lists.export": {
      list: { list: "projects", filter: { lights: ["red"] } },
      columns: [{ key: "name", width: 100 }],
      asOf,
    },
    "past.list": { filter: {}, offset: 0, limit: 5, asOf, booksOn: "2026-10-31" },
    "past.lightCounts": { ...everything, booksOn: "2026-10-31" },
    "past.get": { id, booksOn: "2026-10-31" },
    "past.history": { id, limit: 5, booksOn: "2026-10-31" },
    "permits.ofProject": { projectId: id, asOf },
    "permits.overview": { filter: {}, offset: 0, limit: 5, asOf },
    "permits.due": { asOf },
    "templates.list": {},
    "plans.year": { projectId: id, year: 2026, asOf },
    "funds.list": { filter: { search: "xm" }, asOf, offset: 0, limit: 5 },
    "funds.ofProject": { projectId: id, asOf },
    "statsEntry.list": { standing: "owing", asOf, offset: 0, limit: 5 },
    "statsEntry.byRegion": { asOf },
    "monthlyReports.list": { month: "2026-11", filter: { state: "due" }, offset: 0, limit: 5 },
    "monthlyReports.match": { names: ["示例项目"] },
    "monthlyReports.byRegion": { month: "2026-10" },
    "projects.list": {
      filter: { lights: ["red"] },
      sort: { column: "name", descending: true },
      offset: 0,
      limit: 5,
      asOf,
    },
    "projects.lightCounts": everything,
    "projects.get": { id, asOf },
    "projects.history": { id, limit: 5 },
    "projects.find": { search: "xm", limit: 5 },
    "nodes.month": {
      month: "2026-11",
      ...everything,
      includeOverdue: true,
      lights: [],
      group: "day",
      offset: 0,
      limit: 5,
    },
    "nodes.inState": { state: "submitted", asOf },
    "visits.list": { offset: 0, limit: 5 },
    "visits.missing": { asOf, offset: 0, limit: 100 },
    "workbench.summary": { asOf },
    "sheets.html": { sheet: "progress", paper: "A3", fromMonth: "2026-10", month: "2026-11", ...everything },
    "sheets.pdf": { sheet: "card", projectId: id, asOf },
    "setup.inspectInvitation": { file: text("a.lxq-invitation") },
    "setup.choosePerson": { personId: people[0]?.id },
    "spreadsheet.preview": { file: text("台账.csv") },
  };
  const writer = new Database(join(dataFolder, DATABASE_FILE));
  writer.exec("begin immediate; update project set note = '还没有写完'");
  for (const name of readings()) {
    const [slice = "", procedure = ""] = name.split(".");
    const ask = (call as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[slice];
    const answer = await ask?.[procedure]?.(inputs[name]).catch((error: unknown) => error);
    expect(answer instanceof Error && !isSentence(answer) ? answer : undefined, name).toBeUndefined();
  }
  const seen = await call.projects.get({ id, asOf });
  expect(seen.project.note).not.toBe("还没有写完");
  writer.exec("rollback");
  writer.close();
});

test("turns are taken in order, and a failure does not hold up the next", async () => {
  const turns = new Turns();
  const done: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = turns.take(async () => {
    await gate.promise;
    done.push("first");
    throw new Error("first failed");
  });
  const second = turns.take(() => done.push("second"));
  expect(turns.idle).not.toBeNull();
  gate.resolve();
  await expect(first).rejects.toThrow("first failed");
  await second;
  await turns.idle;
  expect(done).toEqual(["first", "second"]);
  expect(turns.idle).toBeNull();
});
