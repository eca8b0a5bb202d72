import { Skeleton, Text } from "@mantine/core";
import { useIsFetching } from "@tanstack/react-query";
import classes from "./waiting.module.css";

/** In the place of what is still being read: `what` says it to a screen reader ("正在读取冲突"), `height` as it will be. */
export function Waiting({ what, height }: { what: string; height: number | string }) {
  return <Skeleton role="status" aria-busy aria-label={what} height={height} />;
}

/** In the place of rows: nothing at first, so that a quick answer does not flicker, nor after an error. */
export function WaitingRows() {
  if (useIsFetching() === 0) return null;
  return (
    <Text className={classes.rows} role="status" aria-busy size="sm" c="var(--text-quiet)" ta="center" py="xl">
      正在读取……
    </Text>
  );
}
