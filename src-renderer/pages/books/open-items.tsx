import { Anchor, Text } from "@mantine/core";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { MonthBooks, OpenItem } from "#contract/books.ts";
import { addMonths } from "#domain/calendar.ts";
import classes from "./books.module.css";

/** What had better be done before the month is closed, each with the way to it. */
export function OpenItems({ books: { open, month, refusal } }: { books: MonthBooks }) {
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
              <Anchor size="sm" renderRoot={(props) => <Link {...targetOf(item.kind, month)} {...props} />}>
                去办理
              </Anchor>
            </li>
          ))}
        </ul>
      )}
      {refusal && (
        <Text size="sm" c="var(--text-quiet)" mt={6}>
          {refusal}
        </Text>
      )}
    </section>
  );
}

function targetOf(kind: OpenItem["kind"], month: string): LinkProps {
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
    case "missingReports":
      return { to: "/reports", search: { month } };
  }
}
