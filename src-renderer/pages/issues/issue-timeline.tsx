import type { IssueEntryRow } from "#contract/issues.ts";
import { issueEntryKinds, issueLevels } from "#domain/values.ts";
import classes from "./issues.module.css";

/** The story of an issue, the newest first: what happened, at which level, who wrote it. */
export function IssueTimeline({ entries }: { entries: readonly IssueEntryRow[] }) {
  return (
    <ol className={classes.timeline} aria-label="办理过程">
      {entries.map((entry) => (
        <li key={entry.id} data-kind={entry.kind}>
          <div className={classes.entryHead}>
            <b>{issueEntryKinds[entry.kind]}</b>
            {entry.level && entry.kind !== "follow_up" && <span>{issueLevels[entry.level]}</span>}
            <span className={classes.entryWho}>
              {entry.happened_on} {entry.officeName} {entry.person_name}
            </span>
          </div>
          {entry.content && <p>{entry.content}</p>}
        </li>
      ))}
    </ol>
  );
}
