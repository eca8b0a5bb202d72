import type { ReactNode } from "react";
import classes from "./chip.module.css";

type Props = { isPressed: boolean; onClick: () => void; children: ReactNode };

/** A filter that is on or off. */
export function Chip({ isPressed, onClick, children }: Props) {
  return (
    <button type="button" className={classes.chip} aria-pressed={isPressed} onClick={onClick}>
      {children}
    </button>
  );
}
