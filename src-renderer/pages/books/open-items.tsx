import { Anchor, Text } from "@mantine/core";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { MonthBooks, OpenItem } from "#contract/books.ts";
import { addMonths } from "#domain/calendar.ts";
import { useSession } from "#renderer/app/session.tsx";
import classes from "./books.module.css";
import type { BooksSearch } from "./search.ts";

/** What had better be done before the month is closed, each with the way to it. */
export function OpenItems({ books: { open, month, officeId, refusal } }: { books: MonthBooks }) {
  const { office } = useSession();
  const of = officeId === office.id ? undefined : officeId;
  return (
    <section className={classes.open} aria-label="对账前核对">
      <Text size="sm" fw={600}>
        {open.length > 0 ? "对账前请核对" : "对账前核对：没有遗留事项"}
      </Text>
      {open.length > 0 && (
        <ul>
          {open.map((item) => (
            <li key={item.kind}>
              {item.text}{" "}
              <Anchor size="sm" renderRoot={(props) => <Link {...targetOf(item.kind, month, of)} {...props} />}>
                {item.kind === "bundles" || item.kind === "children" ? "去同步" : "去办理"}
              </Anchor>
            </li>
          ))}
        </ul>
      )}
      {refusal && (
        <Text size="sm" c="var(--text-quiet)" mt={6}>
          {refusal} <ParentBooks officeId={officeId} month={month} />
        </Text>
      )}
    </section>
  );
}

/** A street's months are closed above it: the way to the ranking it stands in. */
export function ParentBooks({ officeId, ...search }: BooksSearch) {
  const { office } = useSession();
  if (office.level !== "street" || office.parent_id === null || (officeId ?? office.id) !== office.id) return null;
  const to = { ...search, officeId: office.parent_id };
  return (
    <Anchor size="sm" renderRoot={(props) => <Link to="/books" search={to} {...props} />}>
      看上级的账
    </Anchor>
  );
}

/** `officeId`: whose books they are, where not this office's own. */
function targetOf(kind: OpenItem["kind"], month: string, officeId: string | undefined): LinkProps {
  switch (kind) {
    case "review":
      return { to: "/nodes", search: { tab: "submitted" } };
    case "conflicts":
      return { to: "/conflicts" };
    case "bundles":
    case "children":
      return { to: "/sync" };
    case "earlier":
      return { to: "/books", search: { month: addMonths(month, -1) } };
    case "reports":
      return { to: "/reports", search: { month, officeId, state: "submitted" } };
    case "missingReports":
      return { to: "/reports", search: { month, officeId, state: "due" } };
  }
}
