import { Anchor, Badge, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ProjectPage } from "#contract/ledger.ts";
import type { FundRow } from "#contract/plans.ts";
import { groupedMoney } from "#domain/money.ts";
import { fundSources } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api, client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { completeGroups } from "#renderer/components/field-groups.ts";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";
import { RemoveButton } from "#renderer/components/remove-button.tsx";
import classes from "./project.module.css";

const money = (amount: number | null) => (amount === null ? "" : groupedMoney(amount, "万元"));
const rate = (percent: number | null) => (percent === null ? "" : `${percent.toFixed(1)}%`);

/** 资金 of one project: arranged and paid by source. */
export function FundsSection({ page }: { page: ProjectPage }) {
  const { asOf } = useLightDate();
  const projectId = page.project.id;
  const { data } = useQuery(api.funds.ofProject.queryOptions({ input: { projectId, asOf } }));
  const [editing, setEditing] = useState<FundRow | "new" | null>(null);
  const close = () => setEditing(null);
  return (
    <section className={classes.part} aria-label="资金">
      <Group gap="xs" mb={4}>
        <h2 className={classes.partTitle}>资金</h2>
        <Button size="compact-sm" variant="light" disabled={!page.editable} onClick={() => setEditing("new")}>
          登记资金
        </Button>
        {data && data.rows.length > 0 && (
          <Text size="sm" c="var(--text-quiet)">
            安排 {money(data.totals.arranged)} 万元，支付 {money(data.totals.paid)} 万元
            {data.totals.percent !== null && `，支付率 ${rate(data.totals.percent)}`}
          </Text>
        )}
      </Group>
      {data?.rows.length === 0 ? (
        <Text size="sm" c="var(--text-quiet)">
          还没有登记。中央预算内投资、专项债券、政策性开发性金融工具等，按资金来源登记安排和支付。
        </Text>
      ) : (
        <table className={classes.list} aria-label="资金明细">
          <thead>
            <tr>
              <th>年度</th>
              <th>来源</th>
              <th>名称或批次</th>
              <th data-align="end">安排(万元)</th>
              <th data-align="end">支付(万元)</th>
              <th data-align="end">支付率</th>
            </tr>
          </thead>
          <tbody>
            {data?.rows.map((fund) => (
              <tr key={fund.id}>
                <td>{fund.year}</td>
                <td data-nowrap>{fundSources[fund.source]}</td>
                <td>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    disabled={!page.editable}
                    onClick={() => setEditing(fund)}
                  >
                    {fund.name}
                  </Anchor>{" "}
                  {fund.isLate && <Badge color="orange">未支付完</Badge>}
                </td>
                <td data-align="end">{money(fund.arranged)}</td>
                <td data-align="end">{money(fund.paid)}</td>
                <td data-align="end">{rate(fund.percent)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <FormDrawer opened={editing !== null} onClose={close} title={editing === "new" ? "登记资金" : "资金"} size={600}>
        {editing && (
          <FundForm
            key={editing === "new" ? "new" : editing.id}
            projectId={projectId}
            fund={editing === "new" ? undefined : editing}
            year={Number(asOf.slice(0, 4))}
            onDone={close}
          />
        )}
      </FormDrawer>
    </section>
  );
}

const groups = completeGroups(
  "fund",
  [{ fields: ["source", "year", "name", "arranged", "paid", "note"] }],
  ["project_id"],
);

type FormProps = { projectId: string; fund: FundRow | undefined; year: number; onDone: () => void };

function FundForm({ projectId, fund, year, onDone }: FormProps) {
  const save = useWrite(client.funds.save, { done: "资金已保存。", onDone, inlineError: true });
  const archive = useWrite(client.funds.archive, { done: "资金已删除。", onDone });
  return (
    <RecordForm
      entity="fund"
      groups={groups}
      initial={fund ?? { year }}
      isNew={!fund}
      pending={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate({ id: fund?.id, projectId, values })}
      onCancel={onDone}
    >
      {fund && (
        <RemoveButton
          title="删除资金"
          message={`“${fund.name}”将不再计入支付率，修改记录仍保留。删除后可以马上撤销。`}
          pending={archive.isPending}
          onRemove={() => archive.mutate({ id: fund.id })}
        />
      )}
    </RecordForm>
  );
}
