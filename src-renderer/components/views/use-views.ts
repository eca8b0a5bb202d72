import { defaultStringifySearch, useLocation, useNavigate } from "@tanstack/react-router";
import type { SavedView } from "#contract/views.ts";
import { chooseColumns } from "#renderer/components/use-columns.ts";

/** What opens a window on the page rather than saying what the list shows. */
const passing = ["create", "personId", "nodeId", "visitId"];

/** The page now open and what its address says, without windows that are open on it. */
export function useShownAddress(): { page: string; search: string } {
  const { pathname, search } = useLocation();
  const kept = Object.entries(search).filter(([key, value]) => !passing.includes(key) && value !== undefined);
  return { page: pathname, search: defaultStringifySearch(Object.fromEntries(kept)) };
}

/** Opens a saved view: its page, its filters and order, its columns. */
export function useOpenView(): (view: SavedView) => void {
  const navigate = useNavigate();
  return ({ page, search, columns }) => {
    // The key of a list with a choice of columns is the name of its page.
    if (columns) chooseColumns(page.slice(1), columns);
    void navigate({ href: page + search });
  };
}
