import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ProjectPage } from "#contract/ledger.ts";
import type { ProjectYear } from "#contract/plans.ts";
import { gapWords } from "#domain/annual-plan.ts";
import { bothMoneyUnits } from "#domain/display.ts";
import { groupedMoney } from "#domain/money.ts";
import { leadWords } from "#domain/progress.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { askConfirm } from "#renderer/components/confirm.tsx";
import { Facts } from "#renderer/components/facts.tsx";
import { completeGroups } from "#renderer/components/field-groups.ts";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";
import { MonthsForm } from "./months-form.tsx";

type Props = { page: ProjectPage; plan: ProjectYear };

/** 年度计划: its amount and goal, what the months add up to, and how far the year has come. */
export function YearPlanSection({ page, plan }: Props) {
  const navigate = useNavigate({ from: "/projects/$projectId" });
  const [editing, setEditing] = useState<"year" | "months" | null>(null);
  const close = () => setEditing(null);
  const spread = useWrite(client.plans.spread, { done: "年度计划已平均分到各月。" });
  const projectId = page.project.id;
  const { year } = plan;
  const askSpread = () => {
    const run = () => spread.mutate({ projectId, year });
    if (plan.months.every(({ planned_investment }) => planned_investment === null)) return run();
    askConfirm({
      title: "平均分到各月",
      message: "各月已有计划投资，平均分配会改写还没有上报的月份。可以马上撤销。",
      confirm: "平均分配",
      onConfirm: run,
    });
  };
  return (
    <section aria-label={`${year}年计划`}>
      <Group gap="xs" mb="xs">
        <SegmentedControl
          aria-label="年度"
          size="xs"
          data={plan.years.toReversed().map((each) => ({ value: String(each), label: `${each} 年` }))}
          value={String(year)}
          onChange={(value) =>
            void navigate({ search: (before) => ({ ...before, year: Number(value) }), replace: true })
          }
        />
        <Button size="compact-sm" variant="light" disabled={!page.editable} onClick={() => setEditing("year")}>
          {plan.annual ? "修改年度计划" : "填写年度计划"}
        </Button>
        <Button size="compact-sm" variant="default" disabled={!page.editable} onClick={() => setEditing("months")}>
          分月计划
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={!page.editable || !plan.plan}
          loading={spread.isPending}
          onClick={askSpread}
        >
          平均分到各月
        </Button>
      </Group>
      <Facts
        items={[
          [`${year}年计划投资`, planText(plan)],
          ["年度目标", plan.goal],
          ["各月计划合计", `${groupedMoney(plan.monthsPlanned, "万元")} 万元${gapWords(plan.gap)}`],
          ["当年完成", progressText(plan)],
        ]}
      />
      <FormDrawer opened={editing === "year"} onClose={close} title={`${year} 年度计划`} size={560}>
        <YearForm page={page} plan={plan} onDone={close} />
      </FormDrawer>
      <FormDrawer opened={editing === "months"} onClose={close} title={`${year} 年分月计划`} size={720}>
        <MonthsForm page={page} plan={plan} onDone={close} />
      </FormDrawer>
    </section>
  );
}

function planText({ plan, ledgerAsOf, year }: ProjectYear): string {
  if (!plan) return `${year} 年还没有年度计划`;
  const source = ledgerAsOf ? `台账数，资料截至 ${ledgerAsOf}` : "台账数";
  return `${bothMoneyUnits(plan.amount)}${plan.source === "ledger" ? `，${source}` : ""}`;
}

function progressText({ completed, percent, lead, leadMonths }: ProjectYear): string {
  if (completed === null) return "还没有填报";
  const amount = `${groupedMoney(completed, "万元")} 万元`;
  if (percent === null) return amount;
  const measured = lead === null ? "" : `；至 ${leadMonths} 月底${leadWords(lead)}`;
  return `${amount}，为年度计划的 ${percent.toFixed(1)}%${measured}`;
}

const yearGroups = completeGroups(
  "annual_plan",
  [{ fields: ["planned_investment", "goal", "note"] }],
  ["project_id", "year"],
);

function YearForm({ page, plan, onDone }: Props & { onDone: () => void }) {
  const save = useWrite(client.plans.saveYear, { done: "年度计划已保存。", onDone, inlineError: true });
  const ledger = plan.plan?.source === "ledger" ? plan.plan.amount : null;
  return (
    <>
      <RecordForm
        entity="annual_plan"
        groups={yearGroups}
        initial={plan.annual ?? { planned_investment: null }}
        isNew={!plan.annual}
        pending={save.isPending}
        error={save.error}
        onSubmit={(values) => save.mutate({ projectId: page.project.id, year: plan.year, values })}
        onCancel={onDone}
      />
      {ledger !== null && (
        <Text size="xs" c="var(--text-quiet)" mt="xs">
          台账上的年度计划投资是 {groupedMoney(ledger, "万元")} 万元；在这里填写后以这里为准。
        </Text>
      )}
    </>
  );
}
