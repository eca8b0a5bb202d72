import { type Light, lights } from "#domain/values.ts";
import classes from "./light-badge.module.css";

const shapes: Record<Light, string> = {
  red: "M2 2h12v12H2z",
  yellow: "M8 1.5 15 14H1z",
  green: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z",
  none: "M2 7.2h12v1.6H2z",
};

/** A light as shape, word and colour: square red, triangle yellow, circle green, dash none; its reason as a tooltip. */
export function LightBadge({ light, count, reason }: { light: Light; count?: number; reason?: string }) {
  return (
    <span className={classes.light} data-light={light} title={reason || undefined}>
      <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true">
        <path d={shapes[light]} fill="currentColor" />
      </svg>
      {lights[light]}
      {count !== undefined && <b>{count.toLocaleString("zh-CN")}</b>}
    </span>
  );
}
