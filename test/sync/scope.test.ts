/** Need to know (law 8) while bundles are lost and projects come and go. */
import { expect, test } from "vitest";
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
