import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { type Finding, findingStates } from "#domain/health.ts";
import classes from "./settings.module.css";

const icons = { ok: IconCircleCheck, note: IconAlertTriangle, bad: IconCircleX };

type Props = { label: string; findings: readonly Finding[] };

/** What a check-up found, a line each; what is wrong comes before what is worth knowing. */
export function FindingList({ label, findings }: Props) {
  if (findings.length === 0) return null;
  const urgency = ["bad", "note", "ok"];
  const sorted = findings.toSorted((left, right) => urgency.indexOf(left.state) - urgency.indexOf(right.state));
  return (
    <ul className={classes.findings} aria-label={label}>
      {sorted.map(({ part, state, text }) => {
        const Icon = icons[state];
        return (
          <li key={`${part} ${text}`} className={classes.finding} data-state={state}>
            <Icon size={18} role="img" aria-label={findingStates[state]} />
            <span>{text}</span>
          </li>
        );
      })}
    </ul>
  );
}
