import fc from "fast-check";
import { expect, test } from "vitest";
import { authorityBreach } from "#domain/authority.ts";
import { changesOf, contradictionOf, type IssueFacts, mayAct, needsContent, openIssueActs } from "#domain/issue.ts";
import { guessCategory } from "#domain/issue-category.ts";
import { isOverdue, isSilent, proposedDeadline, silentBefore } from "#domain/issue-time.ts";
import { resolveSettings } from "#domain/settings.ts";
import {
  type IssueAct,
  issueCategories,
  issueEntryKinds,
  issueLevels,
  keysOf,
  type OfficeLevel,
  officeLevels,
} from "#domain/values.ts";

const fresh: IssueFacts = {
  state: "open",
  level: "region",
  awaits_answer: null,
  is_supervised: null,
  needs_relief: null,
  owner_replied_on: null,
  owner_reply: null,
};
const on = "2026-11-22";

/** The issue after an act with these words; the issue itself when the act is refused. */
function after(issue: IssueFacts, act: IssueAct, office: OfficeLevel, content: string | null = "示例"): IssueFacts {
  if (!mayAct(act, issue, office)) return issue;
  return { ...issue, ...changesOf(act, issue, office, { on, content, supervisor: null }) };
}

test("R-12: an issue climbs one level at a time, raised by whoever holds it", () => {
  const table: [from: IssueFacts["level"], office: OfficeLevel, to: IssueFacts["level"] | null][] = [
    ["region", "street", "region"],
    ["region", "district", "vice_mayor"],
    ["region", "city", "vice_mayor"],
    ["vice_mayor", "street", null],
    ["vice_mayor", "district", null],
    ["vice_mayor", "city", "executive_vice_mayor"],
    ["executive_vice_mayor", "district", null],
    ["executive_vice_mayor", "city", "mayor"],
    ["mayor", "city", null],
  ];
  for (const [level, office, to] of table) {
    const issue: IssueFacts = { ...fresh, level };
    expect(mayAct("raise", issue, office), `${level} by ${office}`).toBe(to !== null);
    if (to) expect(after(issue, "raise", office)).toMatchObject({ level: to, awaits_answer: 1 });
  }
});

test("a street hands up once; then its district answers or hands back", () => {
  const asked = after(fresh, "raise", "street");
  expect(mayAct("raise", asked, "street")).toBe(false);
  expect(openIssueActs(asked, "street")).toEqual(["follow_up", "solve"]);
  expect(openIssueActs(asked, "district")).toEqual(["follow_up", "raise", "answer", "hand_back", "relieve", "solve"]);
  expect(after(asked, "answer", "district")).toMatchObject({ level: "region", awaits_answer: 0 });
  expect(after(asked, "hand_back", "district")).toMatchObject({ level: "region", awaits_answer: 0 });
  expect(mayAct("hand_back", fresh, "district")).toBe(false);
});

test("each level above the region is answered and handed back by the city, one level down", () => {
  for (const level of ["vice_mayor", "executive_vice_mayor", "mayor"] as const) {
    const issue: IssueFacts = { ...fresh, level, awaits_answer: 1 };
    for (const act of ["answer", "hand_back"] as const) {
      expect(mayAct(act, issue, "city")).toBe(true);
      expect(mayAct(act, issue, "district")).toBe(false);
      expect(mayAct(act, issue, "street")).toBe(false);
    }
  }
  const down = (level: IssueFacts["level"]) => after({ ...fresh, level }, "hand_back", "city").level;
  expect([down("mayor"), down("executive_vice_mayor"), down("vice_mayor")]).toEqual([
    "executive_vice_mayor",
    "vice_mayor",
    "region",
  ]);
});

test("R-11: the city puts on its board what was raised to it; back in the region it comes off", () => {
  const raised: IssueFacts = { ...fresh, level: "vice_mayor" };
  expect(mayAct("supervise", fresh, "city")).toBe(false);
  expect(mayAct("supervise", raised, "district")).toBe(false);
  const supervised = after(raised, "supervise", "city");
  expect(supervised).toMatchObject({ is_supervised: 1 });
  expect(mayAct("supervise", supervised, "city")).toBe(false);
  expect(after(supervised, "hand_back", "city")).toMatchObject({ level: "region", is_supervised: 0 });
  expect(after(supervised, "unsupervise", "city")).toMatchObject({ level: "vice_mayor", is_supervised: 0 });
});

test("R-28: an issue closes only after the owner's reply, at the level that holds it", () => {
  const solved = after(fresh, "solve", "street");
  expect(mayAct("close", solved, "street")).toBe(false);
  expect(mayAct("owner_reply", fresh, "street")).toBe(false);
  const replied = after(solved, "owner_reply", "street");
  expect(after(replied, "close", "street").state).toBe("closed");
  const atCity: IssueFacts = { ...replied, level: "vice_mayor" };
  expect([mayAct("close", atCity, "street"), mayAct("close", atCity, "district")]).toEqual([false, false]);
  expect(mayAct("close", atCity, "city")).toBe(true);
});

test("a reopened issue has to be solved and answered for anew", () => {
  const closed = after(after(after(fresh, "solve", "street"), "owner_reply", "street"), "close", "street");
  const reopened = after(closed, "reopen", "street");
  expect(reopened).toMatchObject({ state: "open", owner_replied_on: null, owner_reply: null });
  expect(mayAct("close", after(reopened, "solve", "street"), "street")).toBe(false);
});

const act = fc.constantFrom(...keysOf(issueEntryKinds));
const office = fc.constantFrom(...keysOf(officeLevels));
const content = fc.constantFrom("示例", null);

test("no sequence of allowed acts closes an issue without the owner's reply, or skips a level", () => {
  const ladder = keysOf(issueLevels);
  fc.assert(
    fc.property(fc.array(fc.tuple(act, office, content), { maxLength: 40 }), (steps) => {
      let issue = fresh;
      for (const [each, by, words] of steps) {
        if (words === null && needsContent(each)) continue;
        const before = issue;
        issue = after(before, each, by, words);
        expect(Math.abs(ladder.indexOf(issue.level) - ladder.indexOf(before.level))).toBeLessThanOrEqual(1);
        if (issue.state === "closed") expect(issue.owner_reply).toBeTruthy();
        if (issue.is_supervised === 1) expect(issue.level).not.toBe("region");
        expect(contradictionOf(issue)).toBeNull();
      }
    }),
  );
});

test("law 9: whatever an act writes, the office above lets pass; and nothing more", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(act, office), { maxLength: 40 }), (steps) => {
      let issue = fresh;
      for (const [each, by] of steps) {
        if (!mayAct(each, issue, by)) continue;
        const values = changesOf(each, issue, by, { on, content: "示例", supervisor: "示例" });
        expect(authorityBreach("issue", values, by)).toBeNull();
        expect(authorityBreach("issue_entry", { kind: each, level: values.level ?? issue.level }, by)).toBeNull();
        issue = { ...issue, ...values };
      }
    }),
  );
  const refused = (level: OfficeLevel, values: Parameters<typeof authorityBreach>[1]) =>
    authorityBreach("issue", values, level) !== null;
  expect(refused("street", { level: "vice_mayor" })).toBe(true);
  expect(refused("district", { level: "vice_mayor" })).toBe(false);
  expect(refused("district", { level: "mayor" })).toBe(true);
  expect(refused("district", { is_supervised: 1 })).toBe(true);
  expect(refused("district", { supervised_by: "示例" })).toBe(true);
  expect(refused("street", { needs_relief: 1 })).toBe(true);
  expect(authorityBreach("issue_entry", { kind: "raise", level: "mayor" }, "district")).not.toBeNull();
  expect(authorityBreach("issue_entry", { kind: "follow_up", level: "mayor" }, "street")).toBeNull();
  expect(authorityBreach("issue_entry", { kind: "answer" }, "street")).toMatchObject({ who: "区市县/先导区或市级" });
  expect(authorityBreach("issue_entry", { kind: "supervise" }, "district")).toMatchObject({ who: "市级" });
});

test("what two offices did without knowing of each other is pointed out", () => {
  expect(contradictionOf({ ...fresh, state: "closed" })).toContain("业主回音");
  const replied = { ...fresh, owner_replied_on: on, owner_reply: "满意" };
  expect(contradictionOf({ ...replied, state: "closed" })).toBeNull();
  expect(contradictionOf({ ...replied, state: "closed", awaits_answer: 1 })).toContain("上报");
  expect(contradictionOf({ ...fresh, state: "solved", awaits_answer: 1 })).toContain("上报");
});

test("限时: no deadline without a setting; the last day is still in time", () => {
  const unset = resolveSettings(new Map());
  expect(proposedDeadline(unset, "region", on)).toBeNull();
  const set = resolveSettings(new Map([["issue.days.vice_mayor", "10"]]));
  expect(proposedDeadline(set, "region", on)).toBeNull();
  expect(proposedDeadline(set, "vice_mayor", on)).toBe("2026-12-02");
  const issue = { state: "open" as const, deadline_on: "2026-12-02" };
  expect(isOverdue(issue, "2026-12-02")).toBe(false);
  expect(isOverdue(issue, "2026-12-03")).toBe(true);
  expect(isOverdue({ ...issue, state: "solved" }, "2026-12-03")).toBe(false);
  expect(isOverdue({ ...issue, deadline_on: null }, "2026-12-03")).toBe(false);
});

test("R-13: an issue is silent when nothing was written of it this month, or in the days that the city set", () => {
  const since = (days: string, asOf: string) =>
    silentBefore(resolveSettings(new Map([["issue.silentDays", days]])), asOf);
  const table: [days: string, asOf: string, since: string][] = [
    ["null", "2026-11-22", "2026-11-01"],
    ["null", "2026-11-01", "2026-11-01"],
    ["1", "2026-11-22", "2026-11-22"],
    ["7", "2026-11-22", "2026-11-16"],
    // Days count also in the first week of a month, and beyond its start.
    ["7", "2026-11-03", "2026-10-28"],
    ["60", "2026-11-22", "2026-09-24"],
  ];
  for (const [days, asOf, expected] of table) expect(since(days, asOf), `${days} ${asOf}`).toBe(expected);
  const found = { state: "open" as const, found_on: "2026-10-01" };
  const silent = (last: string | null, issue = found) => isSilent(issue, last, "2026-11-16");
  expect([silent(null), silent("2026-11-15"), silent("2026-11-16")]).toEqual([true, true, false]);
  expect(silent(null, { ...found, found_on: "2026-11-16" })).toBe(false);
  expect(isSilent({ ...found, state: "solved" }, null, "2026-11-16")).toBe(false);
});

test("the words of a title suggest its category", () => {
  const table = [
    ["厂区外自来水管网未接入", "市政管网配套"],
    ["林地调规未批", "林地调规、林地手续"],
    ["北侧还有三户未动迁", "动迁"],
    ["贷款审批慢", "资金、融资"],
    ["施工许可证迟迟未下", "手续办理、要件"],
    ["临时用电容量不足", "外部条件（交通、海运、电力）"],
  ] as const;
  for (const [title, label] of table) {
    const guess = guessCategory(title);
    expect(guess && issueCategories[guess], title).toBe(label);
  }
  expect(guessCategory("其他事情")).toBeNull();
});
