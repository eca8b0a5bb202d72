import { Badge, Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./workbench.module.css";

type Props = {
  title: string;
  total: number;
  /** Link to the whole list. */
  more?: ReactNode;
  /** Said when there is nothing to do. */
  empty: string;
  children: ReactNode;
};

/** One list of the workbench: fixed height, its own scrolling, the total in its head. */
export function Block({ title, total, more, empty, children }: Props) {
  return (
    <section className={classes.block} aria-label={title}>
      <div className={classes.blockHead}>
        <h2>
          {title} {total > 0 && <Badge ml={4}>{total.toLocaleString("zh-CN")}</Badge>}
        </h2>
        {more}
      </div>
      <div className={classes.blockBody}>
        {total === 0 ? (
          <Text size="sm" c="var(--text-quiet)" p="sm">
            {empty}
          </Text>
        ) : (
          children
        )}
      </div>
    </section>
  );
}
