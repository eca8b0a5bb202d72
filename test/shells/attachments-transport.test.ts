/** Photos on the message port of Electron; over loopback HTTP they travel in test/e2e/attachments.test.ts. */
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { RPCHandler } from "@orpc/server/message-port";
import { expect, onTestFinished, test } from "vitest";
import type { Contract } from "#contract/contract.ts";
import { openCore } from "#core/create-core.ts";
import { tempFolder } from "../helpers/replica.ts";

test("photos and their thumbnails cross a message port whole, many in one call", async () => {
  const core = await openCore({ dataFolder: tempFolder(), version: "0.1.0", shell: "electron", printPdf: null });
  onTestFinished(() => core.close());
  const { port1, port2 } = new MessageChannel();
  new RPCHandler(core.router).upgrade(port2);
  port1.start();
  port2.start();
  onTestFinished(() => port1.close());
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port1 }));
  await client.setup.createCityHub({ personName: "张示例", duty: "" });
  const project = await client.projects.create({ values: { name: "示例项目" } });
  const bytes = (mark: number) =>
    Uint8Array.from({ length: 300_000 }, (_, at) => [255, 216, 255][at] ?? (at * mark) % 256);
  const subject = { projectId: project.id };
  const items = [7, 11].map((mark) => ({
    file: new File([bytes(mark)], `第${mark}张.jpg`),
    thumbnail: new File([bytes(mark).subarray(0, 5000)], "t.jpg"),
    takenOn: null,
  }));
  expect((await client.attachments.add({ subject, items })).added).toBe(2);
  const { rows } = await client.attachments.list({ subject });
  expect(rows.map(({ name }) => name)).toEqual(["第11张.jpg", "第7张.jpg"]);
  const id = rows[1]?.id ?? "";
  const content = await client.attachments.content({ id });
  expect([content.name, content.type]).toEqual(["第7张.jpg", "image/jpeg"]);
  expect(await content.bytes()).toEqual(bytes(7));
  expect((await (await client.attachments.thumbnail({ id })).bytes()).length).toBe(5000);
});
