import { Button, Group, SimpleGrid, Text } from "@mantine/core";
import { useState } from "react";
import type { ProjectPage } from "#contract/ledger.ts";
import type { ProjectYear } from "#contract/plans.ts";
import { gapWords, planGap, spreadEvenly } from "#domain/annual-plan.ts";
import { groupedMoney } from "#domain/money.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FormActions } from "#renderer/components/form-actions.tsx";
import { useFormGuard } from "#renderer/components/form-drawer.tsx";
import { MoneyInput } from "#renderer/components/money-input.tsx";
import { SubmitForm, SubmitHint } from "#renderer/components/submit-form.tsx";
import { useInvalid } from "#renderer/components/use-invalid.ts";

type Props = { page: ProjectPage; plan: ProjectYear; onDone: () => void };

/** The planned investment of the twelve months by hand, with the sum beside the annual plan while typing. */
export function MonthsForm({ page, plan, onDone }: Props) {
  const [amounts, setAmounts] = useState(() => new Map(plan.months.map((row) => [row.month, row.planned_investment])));
  /** Counts spreads: the controls then start anew from the amounts. */
  const [round, setRound] = useState(0);
  const invalid = useInvalid();
  const save = useWrite(client.plans.saveMonths, { done: "分月计划已保存。", onDone, inlineError: true });
  const changed = plan.months.filter(({ month, planned_investment }) => amounts.get(month) !== planned_investment);
  useFormGuard(changed.length > 0);
  const annual = plan.plan?.amount ?? null;
  const sum = [...amounts.values()].reduce<number>((total, amount) => total + (amount ?? 0), 0);
  const gap = planGap(annual, [...amounts.values()]);
  const isBlocked = changed.length === 0 || invalid.any;
  const spread = () => {
    const shares = spreadEvenly(
      annual ?? 0,
      plan.months.map(({ month, lockedReason }) => ({
        month,
        planned: amounts.get(month) ?? null,
        isLocked: lockedReason !== "",
      })),
    );
    if (!shares) return;
    setAmounts((before) => new Map([...before, ...shares]));
    setRound((count) => count + 1);
  };
  return (
    <SubmitForm
      onSubmit={() => {
        const months = changed.map(({ month }) => ({
          month,
          values: { planned_investment: amounts.get(month) ?? null },
        }));
        if (!isBlocked) save.mutate({ projectId: page.project.id, months });
      }}
    >
      <SimpleGrid cols={3} spacing="md" verticalSpacing="xs" mb="xs" key={round}>
        {plan.months.map(({ month, lockedReason }) => (
          <fieldset key={month} disabled={lockedReason !== ""} title={lockedReason} style={{ all: "unset" }}>
            <MoneyInput
              data-autofocus={plan.months.find((each) => each.lockedReason === "")?.month === month || undefined}
              label={`${Number(month.slice(5))}月${lockedReason ? "（已上报）" : ""}`}
              value={amounts.get(month) ?? null}
              onChange={(amount) => setAmounts((before) => new Map(before).set(month, amount))}
              onInvalid={invalid.mark(month)}
            />
          </fieldset>
        ))}
      </SimpleGrid>
      <FormActions>
        <Text size="sm" mb="xs" role="status">
          各月合计 {groupedMoney(sum, "万元")} 万元{annual === null ? "；还没有年度计划，不能核对" : gapWords(gap)}
        </Text>
        <FailureAlert error={save.error} />
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={isBlocked}>
            保存
          </Button>
          <Button variant="light" disabled={annual === null} onClick={spread}>
            平均分到各月
          </Button>
          <Button variant="default" onClick={onDone}>
            取消
          </Button>
          <SubmitHint does="保存" />
        </Group>
      </FormActions>
    </SubmitForm>
  );
}
