import type { ReactNode } from "react";
import classes from "./form-actions.module.css";

/** The buttons of a form in a drawer: they stay in reach while a long form scrolls. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className={classes.actions}>{children}</div>;
}
