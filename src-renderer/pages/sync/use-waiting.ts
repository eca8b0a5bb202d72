import { useQuery } from "@tanstack/react-query";
import { api } from "#renderer/app/rpc.ts";

/** Record changes that the peer has not acknowledged; undefined while they are counted. */
export function useWaiting(peerId: string): number | undefined {
  return useQuery(api.exchange.waiting.queryOptions({ input: { peerId } })).data;
}
