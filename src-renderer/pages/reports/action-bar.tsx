import { Button, Group, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { ReportRow } from "#contract/monthly-reports.ts";
import { type ReviewAct, reviewWords } from "#domain/review.ts";
import { ReasonForm } from "#renderer/components/reason-form.tsx";
import type { GridRange } from "#renderer/components/sheet-grid/grid-types.ts";
import type { Entry } from "./use-entries.ts";
import type { MonthActs } from "./use-month-acts.ts";

type Props = {
  acts: MonthActs;
  unsaved: readonly Entry[];
  range: GridRange;
  rowAt: (index: number) => ReportRow | undefined;
  children: ReactNode;
};

const reviews = ["approve", "return", "withdraw", "reopen"] as const satisfies readonly ReviewAct[];
const needsReason = (act: ReviewAct) => act === "return" || act === "reopen";

/** What can be done with what was entered, and with the rows selected. */
export function ActionBar({ acts, unsaved, range, rowAt, children }: Props) {
  const [asking, setAsking] = useState<ReviewAct | null>(null);
  const rows = range.bottom - range.top + 1;
  const shown = rowsShown(range, rowAt);
  const offered = reviews.filter((act) => shown.some((row) => row.acts.includes(act)));
  const review = async (act: ReviewAct, reason?: string) => {
    if (await acts.review(act, reason)) setAsking(null);
  };
  return (
    <Group gap={6} mb={6} mih={32} style={{ flexShrink: 0 }}>
      <Button size="compact-md" disabled={unsaved.length === 0} loading={acts.isPending} onClick={acts.save}>
        保存{unsaved.length > 0 && ` ${unsaved.length} 格`} Ctrl+S
      </Button>
      <Button
        size="compact-md"
        variant="light"
        disabled={!shown.some((row) => row.acts.includes("submit"))}
        onClick={acts.submit}
      >
        上报所选 {rows} 行 F8
      </Button>
      <Button size="compact-md" variant="default" onClick={acts.takeOver}>
        沿用上月形象进度 F9
      </Button>
      {offered.map((act) => (
        <Button
          key={act}
          size="compact-md"
          variant={act === "approve" ? "filled" : "default"}
          onClick={() => (needsReason(act) ? setAsking(act) : void review(act))}
        >
          {reviewWords[act]}
        </Button>
      ))}
      {children}
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={asking ? `${reviewWords[asking]}月报` : ""}
      >
        {asking && (
          <ReasonForm
            names={shown.filter((row) => row.acts.includes(asking)).map((row) => `${row.projectName} ${row.month}`)}
            unit="份月报"
            label={reviewWords[asking]}
            pending={acts.isPending}
            error={acts.reviewError}
            onSubmit={(reason) => void review(asking, reason)}
          />
        )}
      </Modal>
    </Group>
  );
}

/** Rows of the selection that are loaded: enough to say what is open to them. */
function rowsShown({ top, bottom }: GridRange, rowAt: (index: number) => ReportRow | undefined): ReportRow[] {
  const rows: ReportRow[] = [];
  for (let index = top; index <= Math.min(bottom, top + 500); index++) {
    const row = rowAt(index);
    if (row) rows.push(row);
  }
  return rows;
}
