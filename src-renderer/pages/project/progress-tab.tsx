import { Anchor, Text } from "@mantine/core";
import { useState } from "react";
import type { ProjectPage } from "#contract/ledger.ts";
import { monthOf } from "#domain/calendar.ts";
import { groupedMoney } from "#domain/money.ts";
import { completionPercent, leadPoints } from "#domain/progress.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { completeGroups } from "#renderer/components/field-groups.ts";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";
import classes from "./project.module.css";
import { TabBar } from "./tab-bar.tsx";

type Progress = ProjectPage["progress"][number];

export function ProgressTab({ page }: { page: ProjectPage }) {
  const { asOf } = useLightDate();
  const [editing, setEditing] = useState<Progress | "new" | null>(null);
  return (
    <>
      <TabBar
        label="填报月度进度"
        note={yearLine(page, asOf)}
        disabled={!page.editable}
        onAdd={() => setEditing(page.progress.find((each) => each.month === monthOf(asOf)) ?? "new")}
      />
      {page.progress.length === 0 ? (
        <EmptyState title="还没有月度进度" next="每月填一次形象进度和当月完成投资，进度表会自动汇总。" />
      ) : (
        <table className={classes.list} aria-label="月度进度">
          <thead>
            <tr>
              <th>月份</th>
              <th>形象进度</th>
              <th>当月完成投资</th>
              <th>存在问题</th>
            </tr>
          </thead>
          <tbody>
            {page.progress.map((progress) => (
              <tr key={progress.id}>
                <td data-nowrap>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    disabled={!page.editable}
                    onClick={() => setEditing(progress)}
                  >
                    {progress.month}
                  </Anchor>
                </td>
                <td>
                  <div className={classes.clip}>{progress.image_progress}</div>
                </td>
                <td data-nowrap>
                  {progress.completed_investment !== null &&
                    `${groupedMoney(progress.completed_investment, "万元")} 万元`}
                </td>
                <td>
                  <div className={classes.clip}>{progress.problems}</div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ProgressEditor
        page={page}
        progress={editing === "new" ? undefined : (editing ?? undefined)}
        month={monthOf(asOf)}
        opened={editing !== null}
        onClose={() => setEditing(null)}
      />
    </>
  );
}

/** "2026年完成 1,200 万元，为年计划的 40.0%，欠序时 51.7 个百分点"; months before `asOf`'s month count as elapsed with it. */
function yearLine(page: ProjectPage, asOf: string): string | undefined {
  const year = asOf.slice(0, 4);
  const ofYear = page.progress.filter((each) => each.month.startsWith(year) && each.month <= monthOf(asOf));
  if (ofYear.length === 0) return undefined;
  const completed = ofYear.reduce((sum, each) => sum + (each.completed_investment ?? 0), 0);
  const plan = page.project.annual_plan_investment;
  const percent = completionPercent(completed, plan);
  const lead = leadPoints(completed, plan, Number(asOf.slice(5, 7)));
  const amount = `${year}年完成 ${groupedMoney(completed, "万元")} 万元`;
  if (percent === null || lead === null) return amount;
  return `${amount}，为年计划的 ${percent.toFixed(1)}%，${lead < 0 ? "欠" : "超"}序时 ${Math.abs(lead).toFixed(1)} 个百分点`;
}

const progressFields = ["completed_investment", "image_progress", "problems"] as const;
const newMonthGroups = completeGroups("monthly_progress", [{ fields: ["month", ...progressFields] }], ["project_id"]);
const knownMonthGroups = completeGroups("monthly_progress", [{ fields: progressFields }], ["project_id", "month"]);

type EditorProps = { page: ProjectPage; progress?: Progress; month: string; opened: boolean; onClose: () => void };

function ProgressEditor({ page, progress, month, opened, onClose }: EditorProps) {
  const save = useWrite(client.monthlyProgress.save, { done: "月度进度已保存。", onDone: onClose, inlineError: true });
  return (
    <FormDrawer
      opened={opened}
      onClose={onClose}
      title={progress ? `${progress.month} 月度进度` : "填报月度进度"}
      size={640}
    >
      <RecordForm
        key={progress?.id ?? "new"}
        entity="monthly_progress"
        groups={progress ? knownMonthGroups : newMonthGroups}
        initial={progress ?? { month }}
        isNew={!progress}
        pending={save.isPending}
        error={save.error}
        onSubmit={({ month: chosen, ...values }) =>
          save.mutate({ projectId: page.project.id, month: progress?.month ?? String(chosen ?? month), values })
        }
        onCancel={onClose}
      />
      {!progress && (
        <Text size="xs" c="var(--text-quiet)">
          该月已填报过的，填写的内容会更新到原有的月度进度上。
        </Text>
      )}
    </FormDrawer>
  );
}
