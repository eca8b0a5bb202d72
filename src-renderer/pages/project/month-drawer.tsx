import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { ProjectPage } from "#contract/ledger.ts";
import type { ReportRow } from "#contract/monthly-reports.ts";
import { monthOf } from "#domain/calendar.ts";
import { displayValue } from "#domain/display.ts";
import { registry } from "#domain/registry.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { Facts } from "#renderer/components/facts.tsx";
import { completeGroups } from "#renderer/components/field-groups.ts";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";
import { AuditBadge } from "#renderer/pages/nodes/audit-badge.tsx";
import { ReportActs } from "./report-acts.tsx";

type Props = { page: ProjectPage; report: ReportRow | null; onClose: () => void };

const planned = ["planned_investment", "planned_progress"] as const;
const actual = ["completed_investment", "image_progress", "problems"] as const;
const identity = ["project_id", "month"] as const;
const groups = completeGroups(
  "monthly_progress",
  [
    { title: "本月计划", fields: planned },
    { title: "完成情况", fields: actual },
  ],
  identity,
);

/** 月报卡: one project's month, with its review; what has been sent up is only read. */
export function MonthDrawer({ page, report, onClose }: Props) {
  return (
    <FormDrawer opened={report !== null} onClose={onClose} title={report ? `${report.month} 月报` : ""} size={680}>
      {report && <MonthCard key={report.month} page={page} report={report} onClose={onClose} />}
    </FormDrawer>
  );
}

function MonthCard({ page, report, onClose }: { page: ProjectPage; report: ReportRow; onClose: () => void }) {
  const { today } = useSession();
  const save = useWrite(client.monthlyReports.save, {
    done: (_, { submit }) => (submit ? "月报已保存并上报。" : "月报已保存。"),
    onDone: onClose,
    inlineError: true,
  });
  const { month } = report;
  const projectId = page.project.id;
  const isFuture = month > monthOf(today);
  const editable = page.editable && report.lockedReason === "";
  const shown = isFuture ? groups.slice(0, 1) : groups;
  return (
    <Stack>
      <Group gap="xs">
        <AuditBadge state={report.report_state ?? "draft"} />
        {report.submitted_on && <Text size="sm">{report.submitted_on} 上报</Text>}
        {report.reviewed_on && <Text size="sm">{report.reviewed_on} 审核</Text>}
        <ReportActs report={report} onDone={onClose} />
      </Group>
      {report.report_state === "returned" && (
        <Alert color="orange" title="被退回">
          {report.review_note}
        </Alert>
      )}
      {isFuture && (
        <Text size="sm" c="var(--text-quiet)">
          {month} 还没有到，先填计划。
        </Text>
      )}
      {editable ? (
        <RecordForm
          entity="monthly_progress"
          groups={shown}
          initial={report}
          pending={save.isPending}
          error={save.error}
          onSubmit={(values) => save.mutate({ month, entries: [{ projectId, values }] })}
          alternative={
            isFuture
              ? undefined
              : {
                  label: "保存并上报",
                  onSubmit: (values) => save.mutate({ month, entries: [{ projectId, values }], submit: [projectId] }),
                }
          }
          onCancel={onClose}
        >
          {report.previousProgress && !report.image_progress && !isFuture && (
            <Button
              variant="subtle"
              loading={save.isPending}
              onClick={() =>
                save.mutate({ month, entries: [{ projectId, values: { image_progress: report.previousProgress } }] })
              }
            >
              沿用上月形象进度
            </Button>
          )}
        </RecordForm>
      ) : (
        <>
          <Facts
            items={[...planned, ...actual].map((name) => [
              registry.monthly_progress.fields[name].label,
              displayValue(registry.monthly_progress.fields[name], report[name]),
            ])}
          />
          {report.lockedReason && (
            <Text size="sm" c="var(--text-quiet)">
              {report.lockedReason}。
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}
