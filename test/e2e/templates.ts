/** Data folders that programs start from: made once through the contract, then copied for each program. */
import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { carryBundle, enrolDemoOffice, openDemoOffice } from "#shells/cli/demo-office.ts";

/** The city, a district and a street with the person at each keyboard. */
export const offices = {
  city: { id: "2102", name: "大连市发展改革委", person: "张示例" },
  district: { id: "2102-jinpu", name: "金普新区", person: "李样本" },
  street: { id: "210213029", name: "三十里堡街道", person: "王演示" },
} as const;
export type OfficeKey = keyof typeof offices;

const ADMITTED = "已接纳.lxq-request";
let demo: Promise<string> | undefined;
let tree: Promise<string> | undefined;

/** An empty data folder. */
export function freshFolder(): string {
  return mkdtempSync(join(inject("dataFolders"), "data-"));
}

/** A data folder with the demo data. */
export async function demoFolder(): Promise<string> {
  demo ??= makeDemo();
  return copyOf(await demo);
}

/** The data folder of one of three enrolled offices; each has taken in the first bundle of the one above it. */
export async function officeFolder(key: OfficeKey): Promise<string> {
  tree ??= makeTree();
  return copyOf(join(await tree, key));
}

/** The district's join request, which the city has admitted. */
export async function admittedRequest(): Promise<string> {
  tree ??= makeTree();
  return join(await tree, ADMITTED);
}

function copyOf(template: string): string {
  const folder = freshFolder();
  cpSync(template, folder, { recursive: true });
  return folder;
}

async function makeDemo(): Promise<string> {
  const folder = freshFolder();
  const { core } = await openDemoOffice(folder, (call) => call.setup.createDemo());
  await core.close();
  return folder;
}

async function makeTree(): Promise<string> {
  const folder = freshFolder();
  const at = (key: OfficeKey) => join(folder, key);
  const stick = join(folder, "stick");
  const city = await openDemoOffice(at("city"), (call) =>
    call.setup.createCityHub({ personName: offices.city.person, duty: "" }),
  );
  const joined = await enrolDemoOffice(city, offices.district.id, at("district"), offices.district.person);
  const district = joined.child;
  writeFileSync(join(folder, ADMITTED), await joined.request.bytes());
  await carryBundle(city, district, stick);
  const { child: street } = await enrolDemoOffice(district, offices.street.id, at("street"), offices.street.person);
  await carryBundle(district, street, stick);
  for (const { core } of [city, district, street]) await core.close();
  return folder;
}
