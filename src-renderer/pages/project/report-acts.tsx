import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import type { ReportRow } from "#contract/monthly-reports.ts";
import { type ReviewAct, reviewWords } from "#domain/review.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { ReasonForm } from "#renderer/components/reason-form.tsx";

/** The audit acts open to this office on one month's report. */
export function ReportActs({ report, onDone }: { report: ReportRow; onDone: () => void }) {
  const [asking, setAsking] = useState<ReviewAct | null>(null);
  const review = useWrite(client.monthlyReports.review, {
    done: (_, { act }) => `月报已${reviewWords[act]}。`,
    onDone: () => {
      setAsking(null);
      onDone();
    },
  });
  // Sending up belongs to the form, which saves what was typed with it.
  const reviews = report.acts.filter((act) => act !== "submit");
  const start = (act: ReviewAct, reason?: string) =>
    review.mutate({ month: report.month, projectIds: [report.projectId], act, reason });
  return (
    <Group gap={6}>
      {reviews.map((act) => (
        <Button
          key={act}
          size="compact-sm"
          variant={act === "approve" ? "light" : "default"}
          loading={review.isPending && review.variables.act === act}
          onClick={() => (act === "return" || act === "reopen" ? setAsking(act) : start(act))}
        >
          {reviewWords[act]}
        </Button>
      ))}
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={asking ? `${reviewWords[asking]}月报` : ""}
      >
        {asking && (
          <ReasonForm
            names={[`${report.projectName} ${report.month}`]}
            unit="份月报"
            label={reviewWords[asking]}
            pending={review.isPending}
            error={review.error}
            onSubmit={(reason) => start(asking, reason)}
          />
        )}
      </Modal>
    </Group>
  );
}
