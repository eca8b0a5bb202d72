import { expect, test } from "vitest";
import type { Failure } from "#domain/failure.ts";
import { retireKey } from "#sync/retire-key.ts";
import {
  carry,
  createNode,
  createProject,
  enrol,
  names,
  openNetwork,
  readAll,
  record,
  STREET,
  send,
  take,
} from "./network.ts";

test("an office that lost its PC is invited again and gets back all it had handed over", async () => {
  const { district, street } = await openNetwork();
  await carry(district, street);
  const project = createProject(street, "街道项目");
  createNode(street, project, "施工许可证");
  await carry(street, district);
  record(district, [{ entity: "project", id: project, values: { sponsor: "区里补的" } }]);
  await carry(district, street);
  createProject(street, "没有交出去的项目");
  const late = await send(street, district);

  retireKey(district.context, STREET);
  await expect(take(district, late)).rejects.toSatisfy((error: Failure) => error.code === "key_revoked");
  const renewed = await enrol(district, STREET, "renewed");
  await expect(take(district, late)).rejects.toSatisfy((error: Failure) => error.code === "key_revoked");

  expect((await carry(district, renewed)).outcome).toBe("applied");
  expect(names(renewed)).toEqual(["街道项目"]);
  expect(readAll(renewed, "node")).toEqual(readAll(district, "node"));
  expect(readAll(renewed, "project")).toEqual(readAll(district, "project"));
  createProject(renewed, "新电脑上的项目");
  expect((await carry(renewed, district)).outcome).toBe("applied");
  expect(names(district)).toEqual(["新电脑上的项目", "街道项目"].sort());
});
