/** One office of the demo run: a core of its own in a folder of its own, used through the contract like a window. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ContractRouterClient } from "@orpc/contract";
import type { Contract } from "#contract/contract.ts";
import type { ExportResult, ImportReport } from "#contract/exchange.ts";
import { type Core, openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { findChromium, printPdf } from "#shells/browser/chromium.ts";
import { VERSION } from "#shells/version.ts";

export type DemoOffice = {
  id: string;
  name: string;
  personId: string;
  call: ContractRouterClient<Contract>;
  core: Core;
};

/** Opens a core in `folder` and sets the office up with `found`. */
export async function openDemoOffice(
  folder: string,
  found: (call: DemoOffice["call"]) => Promise<unknown>,
): Promise<DemoOffice> {
  const browser = findChromium();
  const core = await openCore({
    dataFolder: folder,
    version: VERSION,
    shell: "browser",
    printPdf: browser === null ? null : (html, signal) => printPdf(browser, html, signal),
  });
  const call = localClient(core.router);
  await found(call);
  const { office, person } = await call.setup.state();
  if (!office || !person) throw new Error("the demo office was not set up");
  return { id: office.id, name: office.name, personId: person.id, call, core };
}

/** Invitation, request and admission, with the files in between; `request` is the one that was admitted. */
export async function enrolDemoOffice(
  parent: Pick<DemoOffice, "call">,
  officeId: string,
  folder: string,
  personName: string,
) {
  const { file, fingerprint } = await parent.call.offices.invite({ officeId });
  let request: File | undefined;
  const child = await openDemoOffice(folder, async (call) => {
    request = await call.setup.join({ file, personName, duty: "科员" });
  });
  if (!request) throw new Error("no join request was made");
  const seen = await parent.call.offices.inspectRequest({ file: request });
  await parent.call.offices.admit({ file: request, fingerprint: seen.fingerprint });
  return { child, request, invitationFingerprint: fingerprint, requestFingerprint: seen.fingerprint };
}

/** Exports onto the stick and imports the file at the receiver. */
export async function carryBundle(
  from: Pick<DemoOffice, "call">,
  to: Pick<DemoOffice, "id" | "call">,
  stick: string,
): Promise<{ sent: ExportResult; report: ImportReport }> {
  mkdirSync(stick, { recursive: true });
  const sent = await from.call.exchange.export({ peerId: to.id, folder: stick });
  const report = await to.call.exchange.import({
    file: new File([readFileSync(join(stick, sent.fileName))], sent.fileName),
  });
  return { sent, report };
}
