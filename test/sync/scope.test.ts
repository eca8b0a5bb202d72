/** Need to know (law 8) while bundles are lost and projects come and go. */
import { expect, test } from "vitest";
import { contentOf } from "../evidence/convergence/look.ts";
import {
  backUp,
  CITY,
  carry,
  createNode,
  createProject,
  DISTRICT,
  enrol,
  names,
  OTHER_STREET,
  openNetwork,
  readAll,
  record,
  restore,
  STREET,
  send,
  type TestOffice,
  take,
} from "./network.ts";

async function openStreets() {
  const network = await openNetwork();
  const other = await enrol(network.district, OTHER_STREET, "other");
  await carry(network.street, network.district);
  await carry(other, network.district);
  return { ...network, other };
}

const OTHER_DISTRICT = "210203";

const edit = (office: TestOffice, id: string, values: Record<string, string>) =>
  record(office, [{ entity: "project", id, values }]);

test("law 8: a project that left and came back brings what was written while it was elsewhere", async () => {
  const { district, street } = await openStreets();
  const project = createProject(district, "来回搬家的项目", STREET);
  await carry(district, street);
  await carry(street, district);
  edit(district, project, { office_id: OTHER_STREET });
  edit(district, project, { owner: "在别处时的业主" });
  const node = createNode(district, project, "在别处时的节点");
  await carry(district, street);
  expect(readAll(street, "project")).toMatchObject([{ office_id: OTHER_STREET, owner: null }]);
  edit(district, project, { office_id: STREET });
  // The street acknowledges that it left after it had come back.
  await carry(street, district);
  await carry(district, street);
  expect(readAll(street, "project")).toMatchObject([{ office_id: STREET, owner: "在别处时的业主" }]);
  expect(readAll(street, "node")).toMatchObject([{ id: node }]);
});

test("law 8: a project that came and left before the street answered is told of to its leaving, whole or not at all", async () => {
  const { district, street } = await openStreets();
  const project = createProject(district, "只来一会儿的项目", STREET);
  const node = createNode(district, project, "主体封顶");
  const delayed = await send(district, street);
  edit(district, project, { office_id: OTHER_STREET });
  edit(district, project, { owner: "搬走以后的业主" });
  await carry(district, street);
  expect(readAll(street, "project")).toMatchObject([
    { name: "只来一会儿的项目", office_id: OTHER_STREET, owner: null },
  ]);
  expect(readAll(street, "node")).toMatchObject([{ id: node }]);
  await take(street, delayed);
  await carry(street, district);
  edit(district, project, { office_id: STREET });
  await carry(district, street);
  expect(readAll(street, "project")).toMatchObject([{ office_id: STREET, owner: "搬走以后的业主" }]);
});

test("law 8: of a project that moved on twice a street learns where it is, not what was done in between", async () => {
  const { city, district, street } = await openStreets();
  await carry(district, city);
  const project = createProject(district, "一再搬家的项目", STREET);
  await carry(district, street);
  edit(district, project, { office_id: OTHER_STREET });
  edit(district, project, { owner: "第二处的业主" });
  edit(district, project, { office_id: DISTRICT });
  await carry(district, street);
  expect(readAll(street, "project")).toMatchObject([{ office_id: DISTRICT, owner: null }]);
  expect(CITY).not.toBe(DISTRICT);
});

test("law 8: a street restored to before a project left is told again that it left", async () => {
  const { district, street } = await openStreets();
  const project = createProject(district, "已经搬走的项目", STREET);
  await carry(district, street);
  await carry(street, district);
  const backup = backUp(street);
  edit(district, project, { office_id: OTHER_STREET });
  for (let round = 0; round < 2; round++) {
    await carry(district, street);
    await carry(street, district);
  }
  const restored = await restore(street, backup, "later");
  expect(readAll(restored, "project")).toMatchObject([{ office_id: STREET }]);
  await carry(restored, district);
  await carry(district, restored);
  expect(readAll(restored, "project")).toMatchObject([{ office_id: OTHER_STREET }]);
});

test("law 9: a street's late edit is taken in by the city although the district had heard that the project moved", async () => {
  const { city, district, street } = await openStreets();
  const project = createProject(street, "被市里调走的项目");
  await carry(street, district);
  await carry(district, city);
  edit(city, project, { office_id: CITY });
  for (let round = 0; round < 2; round++) {
    await carry(city, district);
    await carry(district, city);
  }
  // The street has not heard of it.
  edit(street, project, { owner: "街道晚到的业主" });
  await carry(street, district);
  expect(await carry(district, city)).toMatchObject({ outcome: "applied", changed: 1 });
  expect(names(city)).toEqual(["被市里调走的项目"]);
  expect(readAll(city, "project")).toMatchObject([{ office_id: CITY, owner: "街道晚到的业主" }]);
});

/** A street's project that street, district and city know of, and acknowledged to. */
async function openKnownToAll() {
  const { city, district, street } = await openNetwork();
  await enrol(district, OTHER_STREET, "other");
  const project = createProject(street, "各级都在调动的项目");
  await carry(street, district);
  for (let round = 0; round < 2; round++) {
    await carry(district, city);
    await carry(city, district);
  }
  return { city, district, project };
}

test("law 8: an office that moved a project while others moved it twice learns where it is", async () => {
  const { city, district, project } = await openKnownToAll();
  edit(city, project, { office_id: OTHER_DISTRICT });
  const told = await send(city, district);
  district.clock.now = city.clock.now + 1000;
  edit(district, project, { office_id: OTHER_STREET });
  city.clock.now = district.clock.now + 60_000;
  edit(city, project, { office_id: CITY });
  await take(district, told);
  await carry(district, city);
  await carry(city, district);
  expect(readAll(district, "project")).toMatchObject([{ office_id: CITY }]);
});

/** The city took a project away and went on with it; the district had moved it too, and nobody knows of the other. */
async function openMovedTwice() {
  const { city, district, project } = await openKnownToAll();
  edit(district, project, { office_id: OTHER_STREET });
  return { city, district, project };
}

/** A node made and edited after the project was moved, with the district told of the move and of the making. */
async function goOnAfterMove({ city, district, project }: Awaited<ReturnType<typeof openMovedTwice>>): Promise<void> {
  await carry(city, district);
  const node = createNode(city, project, "移走以后的节点");
  await carry(city, district);
  record(city, [{ entity: "node", id: node, values: { name: "又改过的节点" } }]);
  await carry(district, city);
}

test("law 8: a move that came too late to count brings nothing of what was written since, neither whole nor torn", async () => {
  const moved = await openMovedTwice();
  const { city, district, project } = moved;
  city.clock.now = district.clock.now + 60_000;
  edit(city, project, { office_id: CITY });
  await goOnAfterMove(moved);
  await carry(city, district);
  expect(readAll(district, "node")).toEqual([]);
  expect(readAll(district, "project")).toMatchObject([{ office_id: CITY }]);
});

test("law 8: a project that its district won back and lost again brings all of its history up to then", async () => {
  const moved = await openMovedTwice();
  const { city, district, project } = moved;
  edit(city, project, { office_id: CITY });
  district.clock.now = city.clock.now + 60_000;
  edit(district, project, { office_id: STREET });
  await goOnAfterMove(moved);
  expect(readAll(city, "project")).toMatchObject([{ office_id: STREET }]);
  city.clock.now = district.clock.now + 60_000;
  record(city, [{ entity: "project", id: project, values: { office_id: CITY }, settles: true }]);
  await carry(city, district);
  expect(readAll(district, "project")).toMatchObject([{ office_id: CITY }]);
  expect(readAll(district, "node")).toMatchObject([{ project_id: project, name: "又改过的节点" }]);
});

/** A project has left the street, which has acknowledged it. */
async function openLeft() {
  const network = await openStreets();
  const { district, street } = network;
  const project = createProject(street, "已经移交的项目");
  await carry(street, district);
  const backup = backUp(street);
  edit(district, project, { office_id: OTHER_STREET });
  return { ...network, project, backup };
}

test("law 9: an office that acknowledged that a project left it writes to it no more; what it wrote before counts", async () => {
  const { district, street, project } = await openLeft();
  const told = await send(district, street);
  edit(street, project, { owner: "还不知道移交时的业主" });
  await take(street, told);
  expect(await carry(street, district)).toMatchObject({ outcome: "applied", changed: 1 });

  edit(street, project, { owner: "移交以后的业主" });
  const before = contentOf(district.store);
  await expect(carry(street, district)).rejects.toMatchObject({
    code: "authority_refused",
    details: { what: "不归其管理的项目（已经移交的项目）" },
  });
  expect(contentOf(district.store)).toBe(before);
  // Nor may it take it back.
  edit(street, project, { office_id: STREET });
  await expect(carry(street, district)).rejects.toMatchObject({ code: "authority_refused" });
});

test("law 9: a late edit counts although a later bundle, parked for want of it, has acknowledged the move", async () => {
  const { district, street, project } = await openLeft();
  edit(street, project, { owner: "晚到的业主" });
  const late = await send(street, district);
  const position = street.journal.log.end();
  await carry(district, street);
  street.store.sqlite.prepare("update link set acked_position = ?").run(position);
  expect(await carry(street, district)).toMatchObject({ outcome: "parked" });
  expect(await take(district, late)).toMatchObject({ outcome: "applied", changed: 1, released: [late.number + 1] });
});

test("law 9: an office restored to before a project left it does not know of that, and its edits count", async () => {
  const { district, street, project, backup } = await openLeft();
  await carry(district, street);
  await carry(street, district);
  const restored = await restore(street, backup, "later");
  edit(restored, project, { owner: "恢复备份以后的业主" });
  expect(await carry(restored, district)).toMatchObject({ outcome: "applied", changed: 1 });
});

test("law 9: a street knows the people of its district, but does not write them", async () => {
  const { district, street } = await openStreets();
  await carry(district, street);
  const { personId: id } = district.actor;
  expect(readAll(street, "person").some((person) => person.id === id)).toBe(true);
  record(street, [{ entity: "person", id, values: { name: "街道改写的姓名" } }]);
  await expect(carry(street, district)).rejects.toMatchObject({ code: "authority_refused" });
});

test("law 9: what a district wrote before a restore and gets back from a street counts, though it has heard of the move", async () => {
  const { city, district, street } = await openNetwork();
  const project = createProject(street, "被市里调走的项目");
  await carry(street, district);
  await carry(district, city);
  await carry(city, district);
  const backup = backUp(district);
  edit(district, project, { owner: "恢复备份以前的业主" });
  await carry(district, street);
  const restored = await restore(district, backup, "later");
  await carry(restored, city);
  edit(city, project, { office_id: CITY });
  for (let round = 0; round < 2; round++) {
    await carry(city, restored);
    await carry(restored, city);
  }
  await carry(restored, street);
  await carry(street, restored);
  expect(await carry(restored, city)).toMatchObject({ outcome: "applied", changed: 1 });
  expect(readAll(city, "project")).toMatchObject([{ office_id: CITY, owner: "恢复备份以前的业主" }]);
});
