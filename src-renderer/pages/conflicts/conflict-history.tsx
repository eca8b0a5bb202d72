import { Badge, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { FieldChange } from "#contract/base.ts";
import type { ConflictEntry } from "#contract/exchange.ts";
import { api } from "#renderer/app/rpc.ts";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import classes from "./conflicts.module.css";

/** Every write that led to the conflict, the latest first; the sides are marked. */
export function ConflictHistory({ conflict }: { conflict: ConflictEntry }) {
  const query = useQuery(api.exchange.conflictHistory.queryOptions({ input: { conflictId: conflict.id } }));
  if (query.isError) return <FailureAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Waiting what="正在读取修改经过" height={80} />;
  return (
    <ol className={classes.steps} aria-label={`${conflict.title} ${conflict.fieldLabel}的修改经过`}>
      {query.data.map((step) => (
        <li key={step.changeSet} className={classes.step} data-side={step.isSide || undefined}>
          <div>
            <div>{step.at}</div>
            <div className={classes.stepWho}>
              {step.office} {step.person}
            </div>
          </div>
          <div>
            <Group gap={6}>
              <span className={classes.stepWho}>{step.action}</span>
              {step.isSide && <Badge color="blue">冲突的一方</Badge>}
              {step.clockSuspect && <Badge color="orange">当时的电脑时钟可能不准</Badge>}
            </Group>
            {step.changes.map((change) => (
              <Change key={change.field} change={change} isNamed={conflict.kind === "delete"} />
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Change({ change, isNamed }: { change: FieldChange; isNamed: boolean }) {
  return (
    <div className={classes.stepValue}>
      {isNamed && `${change.label}：`}
      {change.before && (
        <>
          <del>{change.before}</del> →{" "}
        </>
      )}
      {change.after ? <ins>{change.after}</ins> : "（清空）"}
    </div>
  );
}
