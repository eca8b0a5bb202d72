/** An office that exists, opened without a window. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ORPCError } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import type { Contract } from "#contract/contract.ts";
import { type Core, DATABASE_FILE, openCore } from "#core/create-core.ts";
import { localClient } from "#core/router.ts";
import { Failure, type FailureCode } from "#domain/failure.ts";
import { VERSION } from "#shells/version.ts";

export type OfficeAt = { call: ContractRouterClient<Contract>; core: Core };

/**
 * Opens the office in a data folder; makes none where there is none.
 * Throws Failure no_office_in_folder, and those of the core, such as database_busy.
 */
export async function openOfficeAt(dataFolder: string): Promise<OfficeAt> {
  if (!existsSync(join(dataFolder, DATABASE_FILE))) throw new Failure("no_office_in_folder", { folder: dataFolder });
  const core = await openCore({ dataFolder, version: VERSION, shell: "browser", printPdf: null });
  const call = localClient(core.router);
  const { office } = await call.setup.state();
  if (office) return { call, core };
  await core.close();
  throw new Failure("no_office_in_folder", { folder: dataFolder });
}

/** Code and sentence of a failure; what is none goes to the log of the process. */
export function failureOf(error: unknown): { code: FailureCode; message: string } {
  if (error instanceof Failure) return error;
  if (error instanceof ORPCError && error.code === "FAILURE") {
    const { code } = error.data as { code: FailureCode };
    return { code, message: error.message };
  }
  console.error(error);
  return new Failure("internal");
}
