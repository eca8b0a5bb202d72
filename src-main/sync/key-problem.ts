/** Whether this office has keys that it can exchange with. */
import { Failure } from "#domain/failure.ts";
import type { SyncContext } from "./context.ts";
import { isOwnKeyRevoked } from "./key-revocation.ts";
import { type OfficeKeys, readKeys } from "./keys.ts";

type KeyProblem = "missing" | "damaged" | "revoked";

/** The keys, and what is wrong with them; null where all is well. */
export function keyProblem(context: Pick<SyncContext, "store" | "dataFolder" | "officeId">): {
  keys: OfficeKeys | null;
  problem: KeyProblem | null;
} {
  try {
    const keys = readKeys(context.dataFolder);
    return { keys, problem: isOwnKeyRevoked(context, keys) ? "revoked" : null };
  } catch (error) {
    const isMissing = error instanceof Failure && error.code === "keys_missing";
    return { keys: null, problem: isMissing ? "missing" : "damaged" };
  }
}
