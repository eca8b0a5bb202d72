import { useQuery } from "@tanstack/react-query";
import { resolveSettings, type Settings } from "#domain/settings.ts";
import { api } from "./rpc.ts";

/** The city's settings as they stand here; their initial values until they are loaded. */
export function useSettings(): Settings {
  const { data } = useQuery(api.settings.list.queryOptions());
  return resolveSettings(new Map(data?.map(({ key, value }) => [key, JSON.stringify(value)])));
}
