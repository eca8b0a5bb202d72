import { createRoute } from "@tanstack/react-router";
import { rootRoute } from "#renderer/app/root-route.tsx";
import { safeSearch } from "#renderer/app/safe-search.ts";
import { BooksPage } from "./books-page.tsx";
import { booksSearch } from "./search.ts";

/** 对账: months closed for good, quarters and years added up from them. */
export const booksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/books",
  validateSearch: safeSearch(booksSearch),
  component: BooksPage,
});
