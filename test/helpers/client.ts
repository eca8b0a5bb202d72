/** The contract as a window of the browser shell calls it. */
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/fetch";
import type { ContractRouterClient } from "@orpc/contract";
import type { Contract } from "#contract/contract.ts";

export type Client = ContractRouterClient<Contract>;

/** Calls the program at `origin` as the window that was let in with `cookie` ("name=value"). */
export function clientOf(origin: string, cookie: string): Client {
  return createORPCClient(new RPCLink({ url: `${origin}/rpc`, headers: { cookie, origin } }));
}
