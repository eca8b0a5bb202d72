import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import classes from "./charts.module.css";

type Props = {
  title: string;
  /** What is counted, in one line. */
  note: string;
  query: { isPending: boolean; error: unknown; refetch: () => unknown };
  children: ReactNode;
};

/** One chart with its name and what it counts; keeps its height while it loads. */
export function ChartFrame({ title, note, query, children }: Props) {
  return (
    <section className={classes.chart} aria-label={title}>
      <h2>{title}</h2>
      <Text size="xs" c="var(--text-quiet)" mb={6}>
        {note}
      </Text>
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending ? <Waiting what="正在统计" height={220} /> : children}
    </section>
  );
}
