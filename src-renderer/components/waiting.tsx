import { Skeleton } from "@mantine/core";

/** In the place of what is still being read: `what` says it to a screen reader ("正在读取冲突"), `height` as it will be. */
export function Waiting({ what, height }: { what: string; height: number | string }) {
  return <Skeleton role="status" aria-busy aria-label={what} height={height} />;
}
