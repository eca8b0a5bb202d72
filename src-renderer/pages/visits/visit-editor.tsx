import { useEffect, useRef, useState } from "react";
import type { VisitRow } from "#contract/ledger.ts";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { type SavedVisit, VisitForm, type VisitStart } from "./visit-form.tsx";
import { VisitSaved } from "./visit-saved.tsx";

type Props = {
  opened: boolean;
  onClose: () => void;
  /** The visit to change; absent for a new one. */
  visit?: VisitRow;
  /** Facts a new visit starts with, e.g. its project and secretary. */
  start?: VisitStart;
};

/** One visit, made to be filled from the keyboard in under a minute; a new one may be followed by another. */
export function VisitEditor({ opened, onClose, visit, start }: Props) {
  return (
    <FormDrawer opened={opened} onClose={onClose} title={visit ? "修改走访记录" : "记录走访"} size={660}>
      <Content key={visit?.id ?? "new"} visit={visit} start={start} onClose={onClose} />
    </FormDrawer>
  );
}

function Content({ visit, start, onClose }: Omit<Props, "opened">) {
  /** The visit just recorded. */
  const [saved, setSaved] = useState<SavedVisit | null>(null);
  const [round, setRound] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The drawer gives the first form its focus; the next ones take it themselves.
    if (round > 0) frame.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
  }, [round]);
  if (saved) {
    return (
      <VisitSaved
        visit={saved}
        onAgain={() => {
          setSaved(null);
          setRound(round + 1);
        }}
        onClose={onClose}
      />
    );
  }
  return (
    <div ref={frame}>
      <VisitForm
        key={round}
        visit={visit}
        // The next visit is of another project, by its own secretary.
        start={round === 0 ? start : undefined}
        onSaved={visit ? onClose : setSaved}
        onCancel={onClose}
      />
    </div>
  );
}
