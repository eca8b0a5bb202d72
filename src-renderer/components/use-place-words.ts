import { useQuery } from "@tanstack/react-query";
import { placeWords } from "#domain/values.ts";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";

/** What a table by place is made of below the office that it shows: regions, streets, or the office itself. */
export function usePlaceWords(officeId: string | undefined) {
  const { office } = useSession();
  const { data } = useQuery(api.offices.list.queryOptions());
  return placeWords[data?.find(({ id }) => id === officeId)?.level ?? office.level];
}
