import { expect, test } from "vitest";
import { isInForce, leadSecretary } from "#domain/assignment.ts";

const period = (from_on: string, to_on: string | null = null) => ({ from_on, to_on });

test("an assignment is in force from its first day to its last, both counted", () => {
  const term = period("2026-03-01", "2026-06-30");
  expect(["2026-02-28", "2026-03-01", "2026-06-30", "2026-07-01"].map((day) => isInForce(term, day))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(isInForce(period("2026-03-01"), "2099-12-31")).toBe(true);
});

test("of a team, the one who leads on that day is the secretary", () => {
  const team = [
    { ...period("2026-09-01"), role: "lead", person_id: "next" },
    { ...period("2026-01-01"), role: "member", person_id: "member" },
    { ...period("2026-01-01", "2026-08-31"), role: "lead", person_id: "first" },
  ] as const;
  expect(leadSecretary(team, "2026-08-31")).toBe("first");
  expect(leadSecretary(team, "2026-09-01")).toBe("next");
  expect(leadSecretary(team.slice(1), "2026-09-01")).toBeUndefined();
});
