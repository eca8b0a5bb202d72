/** One problem between street, district and city, by bundles: up the ladder, down with the answer, to its end. */
import { expect, test } from "vitest";
import type { issues as contract } from "#contract/issues.ts";
import type { InputOf } from "#features/handlers.ts";
import { issues } from "#features/issues/issues.ts";
import { Office } from "#features/office.ts";
import { carry, createProject, openNetwork, readAll, record, STREET, send, type TestOffice, take } from "./network.ts";

/** The office as a clerk works in it. */
function desk({ store, journal, context, actor }: TestOffice): Office {
  const { dataFolder, now } = context;
  const office = new Office(store, journal, context.officeId, { dataFolder, version: "0", printPdf: null, now });
  office.choosePerson(actor.personId);
  return office;
}

type Acting = Omit<InputOf<typeof contract, "act">, "ids">;

function act(office: TestOffice, id: string, given: Acting) {
  office.clock.now += 1000;
  return issues.act(desk(office), { ids: [id], ...given });
}

async function openIssue() {
  const network = await openNetwork();
  const { district, street } = network;
  const project_id = createProject(street, "示例产业园", STREET);
  const values = { project_id, title: "外部管网未接入", category: "municipal_pipes", source: "visit" };
  const { id } = await issues.save(desk(street), { values });
  await carry(street, district);
  return { ...network, id };
}

const stateOf = (office: TestOffice, id: string) => readAll(office, "issue").find((row) => row.id === id);
const conflictsOf = (office: TestOffice) => office.store.prepare("select * from field_heads where agreed = 0").all();

test("R-12: a problem climbs all four levels, and the answer comes back until the owner is answered", async () => {
  const { city, district, street, id } = await openIssue();
  await act(street, id, { act: "raise", content: "街道协调不了" });
  await carry(street, district);
  await act(district, id, { act: "raise", content: "涉及市政主干管" });
  await carry(district, city);
  expect(stateOf(city, id)).toMatchObject({ level: "vice_mayor", awaits_answer: 1 });
  await act(city, id, { act: "supervise", supervisor: "分管副市长（示例）", deadlineOn: "2026-12-20" });
  await act(city, id, { act: "raise", content: "跨地区" });
  await act(city, id, { act: "raise", content: "重特大" });
  await act(city, id, { act: "answer", content: "由市水务集团本月接入", handlerUnit: "市水务集团" });
  await carry(city, district);
  await carry(district, street);
  expect(stateOf(street, id)).toMatchObject({
    level: "mayor",
    awaits_answer: 0,
    is_supervised: 1,
    handler_unit: "市水务集团",
    deadline_on: "2026-12-20",
  });
  await act(district, id, { act: "solve", content: "已接入" });
  await carry(district, street);
  await act(street, id, { act: "owner_reply", content: "已通水，满意" });
  await carry(street, district);
  await carry(district, city);
  await act(city, id, { act: "close" });
  await carry(city, district);
  await carry(district, street);
  const story = ["raise", "raise", "supervise", "raise", "raise", "answer", "solve", "owner_reply", "close"];
  for (const office of [street, district, city]) {
    expect(stateOf(office, id)).toMatchObject({ state: "closed", level: "mayor" });
    const { entries } = await issues.get(desk(office), { id, asOf: "2026-11-22" });
    expect(entries.map(({ kind }) => kind).reverse()).toEqual(story);
    expect(conflictsOf(office)).toEqual([]);
  }
});

test("a street's follow-ups and its handing up never meet a district's raise in a conflict", async () => {
  const { district, street, id } = await openIssue();
  await act(street, id, { act: "follow_up", content: "已会商" });
  await act(street, id, { act: "raise", content: "街道协调不了" });
  await act(district, id, { act: "raise", content: "区里也解决不了" });
  expect(await carry(street, district)).toMatchObject({ outcome: "applied", conflicts: 0 });
  await carry(district, street);
  for (const office of [street, district]) {
    expect(stateOf(office, id)).toMatchObject({ level: "vice_mayor", awaits_answer: 1 });
    expect(readAll(office, "issue_entry")).toHaveLength(3);
    expect(conflictsOf(office)).toEqual([]);
  }
});

test("two offices that write the same field differently see it as a conflict", async () => {
  const { district, street, id } = await openIssue();
  await issues.save(desk(street), { id, values: { measures: "街道的办法" } });
  await issues.save(desk(district), { id, values: { measures: "区里的办法" } });
  expect(await carry(street, district)).toMatchObject({ conflicts: 1 });
});

test("closed by one and raised by the other: both stand, and either may take it up again", async () => {
  const { district, street, id } = await openIssue();
  for (const step of ["solve", "owner_reply", "close"] as const) await act(street, id, { act: step, content: "示例" });
  await act(district, id, { act: "raise", content: "还差一步" });
  await carry(street, district);
  await carry(district, street);
  for (const office of [street, district]) {
    const { issue } = await issues.get(desk(office), { id, asOf: "2026-11-22" });
    expect(issue).toMatchObject({ state: "closed", level: "vice_mayor" });
    expect(issue.contradiction).toContain("请核对");
    expect(conflictsOf(office)).toEqual([]);
  }
});

test("law 9: a street that writes itself an answer, a board or a leader's level is refused whole", async () => {
  const forged = [
    { values: { level: "vice_mayor" as const }, what: "层级" },
    { values: { is_supervised: 1 as const }, what: "挂牌督办" },
    { values: { needs_relief: 1 as const }, what: "难点纾解" },
  ];
  for (const { values, what } of forged) {
    const { district, street, id } = await openIssue();
    record(street, [{ entity: "issue", id, values }]);
    await expect(send(street, district).then((bundle) => take(district, bundle))).rejects.toThrow(what);
    expect(stateOf(district, id)).toMatchObject({ level: "region", is_supervised: null });
  }
  const { city, district, street, id } = await openIssue();
  const project_id = String(stateOf(street, id)?.project_id);
  const entry = { project_id, issue_id: id, happened_on: "2026-11-22", office_id: STREET, content: "示例" };
  record(street, [{ entity: "issue_entry", id: "forged", values: { ...entry, kind: "answer" } }]);
  await expect(carry(street, district)).rejects.toThrow("事项");
  record(district, [{ entity: "issue_entry", id: "board", values: { ...entry, kind: "supervise" } }]);
  await expect(carry(district, city)).rejects.toThrow("应由市级填写");
});
