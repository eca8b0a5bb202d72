import { keysOf, type Light, lights } from "#domain/values.ts";
import { LightBadge } from "./light-badge.tsx";
import classes from "./light-chips.module.css";

type Props = {
  counts: Record<Light, number> | undefined;
  /** Lights shown; none chosen means all. */
  chosen: readonly Light[];
  onChange: (chosen: Light[]) => void;
};

/** One toggle per light with its count. */
export function LightChips({ counts, chosen, onChange }: Props) {
  const toggle = (light: Light) =>
    onChange(chosen.includes(light) ? chosen.filter((each) => each !== light) : [...chosen, light]);
  return (
    <div className={classes.chips}>
      {keysOf(lights).map((light) => (
        <button
          key={light}
          type="button"
          className={classes.chip}
          aria-pressed={chosen.includes(light)}
          onClick={() => toggle(light)}
        >
          <LightBadge light={light} count={counts?.[light] ?? 0} />
        </button>
      ))}
    </div>
  );
}
