import type { IssueRow } from "#contract/issues.ts";
import { issueLevels, keysOf } from "#domain/values.ts";
import classes from "./issues.module.css";

/** The four levels of R-12, the one that holds the issue marked. */
export function IssueLadder({ issue }: { issue: IssueRow }) {
  const at = keysOf(issueLevels).indexOf(issue.level);
  return (
    <ol className={classes.ladder} aria-label="层级">
      {keysOf(issueLevels).map((level, index) => (
        <li key={level} data-passed={index < at || undefined} aria-current={index === at ? "step" : undefined}>
          {issueLevels[level]}
        </li>
      ))}
    </ol>
  );
}
