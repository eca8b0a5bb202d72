/** Whether the page shows the ledger of today or that of a past day, and the queries for either. */
import { useSearch } from "@tanstack/react-router";
import type { z } from "zod";
import type { projectWindow } from "#contract/ledger.ts";
import { isIsoDate } from "#domain/calendar.ts";
import { api } from "./rpc.ts";
import { useSession } from "./session.tsx";

/** The past day whose ledger the address asks for; null for today's. */
export function useBooksOn(): string | null {
  const { today } = useSession();
  const { booksOn } = useSearch({ strict: false });
  return typeof booksOn === "string" && isIsoDate(booksOn) && booksOn < today ? booksOn : null;
}

type ListInput = z.output<typeof projectWindow>;
type CountInput = Pick<ListInput, "filter" | "asOf">;

/** The ledger's queries, answered from the books of the day shown. */
export function useLedgerQueries() {
  const booksOn = useBooksOn();
  return {
    list: (input: ListInput) =>
      booksOn
        ? api.past.list.queryOptions({ input: { ...input, booksOn } })
        : api.projects.list.queryOptions({ input }),
    lightCounts: (input: CountInput) =>
      booksOn
        ? api.past.lightCounts.queryOptions({ input: { ...input, booksOn } })
        : api.projects.lightCounts.queryOptions({ input }),
    get: (id: string, asOf: string) =>
      booksOn
        ? api.past.get.queryOptions({ input: { id, booksOn } })
        : api.projects.get.queryOptions({ input: { id, asOf } }),
    history: (id: string, limit: number) =>
      booksOn
        ? api.past.history.queryOptions({ input: { id, limit, booksOn } })
        : api.projects.history.queryOptions({ input: { id, limit } }),
  };
}
