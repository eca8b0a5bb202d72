/** Settling many conflicts by one rule: first what it would do, then all of it in one change set. */
import type { Written } from "#contract/base.ts";
import type { SettleRule, SettlingItem, SettlingPreview } from "#contract/exchange.ts";
import { localDateTime } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import type { Head } from "#journal/heads.ts";
import type { LoggedFacts } from "#journal/log.ts";
import { stampMs } from "#journal/stamp.ts";
import { sha256 } from "#sync/keys.ts";
import { requireSettledHere, settlingWrites, writeSettling } from "./conflict-writes.ts";
import { type Contested, contestedFields, fieldLabel, sideText } from "./conflicts.ts";
import { factsOfRecord, recordTitle } from "./history.ts";
import { type Office, requireAuthority } from "./office.ts";

/** Items that a preview shows; its numbers count all. */
const SHOWN = 300;

type Settled = { conflict: Contested; head: Head; facts: LoggedFacts | undefined };
type Plan = { settled: Settled[]; skipped: Map<string, Contested[]>; digest: string };

/** What the rule would do with these conflicts; those settled meanwhile are left out. */
export function previewSettling(office: Office, rule: SettleRule, conflictIds: readonly string[]): SettlingPreview {
  const { settled, skipped, digest } = plan(office, rule, conflictIds);
  return {
    digest,
    settledTotal: settled.length,
    changedTotal: settled.filter(changesValue).length,
    items: settled.slice(0, SHOWN).map((each) => itemOf(office, each)),
    skipped: [...skipped].map(([reason, conflicts]) => ({
      reason,
      count: conflicts.length,
      example: nameOf(office, conflicts[0]),
    })),
  };
}

/**
 * Settles them as previewed. Throws Failure stale_edit when the preview with this digest is no longer what would
 * happen, conflict_settled when nothing would.
 */
export function settleByRule(
  office: Office,
  rule: SettleRule,
  conflictIds: readonly string[],
  digest: string,
): Written & { settled: number } {
  return office.store.transaction(() => {
    const planned = plan(office, rule, conflictIds);
    if (planned.digest !== digest) throw new Failure("stale_edit", { what: "冲突" });
    if (planned.settled.length === 0) throw new Failure("conflict_settled");
    const choices = planned.settled.map(({ conflict, head }) => ({ conflict, chosen: head }));
    const written = writeSettling(office, settlingWrites(office, choices));
    return { ...written, settled: planned.settled.length };
  });
}

function plan(office: Office, rule: SettleRule, conflictIds: readonly string[]): Plan {
  const wanted = new Set(conflictIds);
  const settled: Settled[] = [];
  const skipped: Plan["skipped"] = new Map();
  for (const conflict of contestedFields(office).filter(({ id }) => wanted.has(id))) {
    const result = planOne(office, rule, conflict);
    if (typeof result !== "string") settled.push(result);
    else if (skipped.get(result)?.push(conflict) === undefined) skipped.set(result, [conflict]);
  }
  // A day that is contested itself is settled by its own sides, whatever the progress it belongs to brings along.
  settled.sort((left, right) => Number(left.conflict.field === "as_of") - Number(right.conflict.field === "as_of"));
  const chosen = settled.map(({ conflict, head }) => [
    conflict.id,
    head.stamp,
    conflict.heads.map(({ stamp }) => stamp),
  ]);
  return { settled, skipped, digest: sha256(Buffer.from(JSON.stringify(chosen))) };
}

/** What settles the conflict, or why the rule does not. */
function planOne(office: Office, rule: SettleRule, conflict: Contested): Settled | string {
  const facts = factsOfRecord(office, conflict.entity, conflict.recordId);
  const head = chosenHead(office, rule, conflict.heads, facts);
  if (typeof head === "string") return head;
  try {
    requireSettledHere(office, conflict);
    const { name, level } = office.self;
    requireAuthority(name, level, conflict.entity, { [conflict.field]: head.value });
    if (conflict.field !== "archived_on" && isArchived(office, conflict)) return "记录已归档，请先恢复再处理";
    return { conflict, head, facts: facts.get(head.stamp) };
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

/** `heads`: the latest first. */
function chosenHead(
  office: Office,
  rule: SettleRule,
  heads: readonly Head[],
  facts: ReadonlyMap<string, LoggedFacts>,
): Head | string {
  const isOurs = ({ stamp }: Head) => facts.get(stamp)?.officeId === office.id;
  const of = (wanted: readonly Head[], nobody: string): Head | string => {
    const [first] = wanted;
    if (!first) return nobody;
    return wanted.every(({ value }) => value === first.value) ? first : "几方写的不同，请逐处处理";
  };
  if (rule === "ours") return of(heads.filter(isOurs), "没有本单位写的值，请逐处处理");
  if (rule === "theirs")
    return of(
      heads.filter((head) => !isOurs(head)),
      "没有对方写的值，请逐处处理",
    );
  const suspect = heads.some(({ stamp }) => facts.get(stamp)?.clockSuspect === true);
  return suspect ? "有一方的电脑时钟可能不准，分不出先后，请逐处处理" : (heads[0] ?? "没有可采用的值");
}

function isArchived(office: Office, { entity, recordId }: Contested): boolean {
  return office.store.prepare(`select archived_on from ${entity} where id = ?`).pluck().get(recordId) !== null;
}

function changesValue({ conflict, head }: Settled): boolean {
  return conflict.heads[0]?.value !== head.value;
}

function itemOf(office: Office, { conflict, head, facts }: Settled): SettlingItem {
  return {
    conflictId: conflict.id,
    title: nameOf(office, conflict),
    fieldLabel: fieldLabel(conflict),
    before: sideText(office, conflict, conflict.heads[0]?.value ?? null),
    after: sideText(office, conflict, head.value),
    from: facts ? `${facts.officeName} ${facts.personName}，${localDateTime(stampMs(head.stamp))}` : "",
  };
}

function nameOf(office: Office, conflict: Contested | undefined): string {
  return conflict ? recordTitle(office, conflict.entity, conflict.recordId) : "";
}
