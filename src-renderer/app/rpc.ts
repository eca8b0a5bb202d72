/** The typed client of the core (`client`) and its query options for React (`api`). */
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { QueryClient } from "@tanstack/react-query";
import type { Contract } from "#contract/contract.ts";
import { createLink } from "./transport.ts";

export const client: ContractRouterClient<Contract> = createORPCClient(createLink());
export const api = createTanstackQueryUtils(client);

/** The core is on this PC: never wait for a network, never retry silently. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: "always", retry: false, staleTime: 5_000 },
    mutations: { networkMode: "always", retry: false },
  },
});
