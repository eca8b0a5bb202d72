import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ImportReport } from "#contract/exchange.ts";
import { errorText, isCancelled } from "#renderer/app/error-text.ts";
import { useImport, useImporting } from "#renderer/app/importing.ts";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FileDrop } from "#renderer/components/file-drop.tsx";
import { ImportInProgress } from "./import-progress.tsx";
import classes from "./sync.module.css";

/** A bundle in: choose or drop the file, how far it is, then what it brought, in numbers. */
export function ImportPanel({ onShowRecords }: { onShowRecords: (exchangeId: string) => void }) {
  const { latest, begin } = useImport();
  const progress = useImporting();
  const isPending = latest?.status === "pending";
  return (
    <Stack gap="xs" mb="md">
      <FileDrop label="对方发来的同步包" accept=".lxq" busy={isPending || progress !== null} onFile={begin} />
      {(isPending || progress) && (
        <ImportInProgress progress={progress} fileName={latest?.variables?.file.name ?? ""} />
      )}
      {isCancelled(latest?.error) ? (
        <Text size="sm" role="status">
          {errorText(latest?.error)}
        </Text>
      ) : (
        <FailureAlert error={latest?.error} title="没有导入" />
      )}
      {latest?.data && !isPending && <Report report={latest.data} onShowRecords={onShowRecords} />}
    </Stack>
  );
}

const titles = { applied: "导入完成", parked: "已暂存，等前面的包到达", already: "以前导入过，没有变化" } as const;

/** Made for the data before a restore: it is not kept, as the peer sends all of it again. */
function isLeftAside({ outcome, parked }: ImportReport): boolean {
  return outcome === "parked" && parked === 0;
}

function Report({ report, onShowRecords }: { report: ImportReport; onShowRecords: (exchangeId: string) => void }) {
  const figures = [
    ["新增", report.added],
    ["修改", report.changed],
    ["冲突", report.conflicts],
    ["未接受", report.refused],
    ["暂存的包", report.parked],
    ["等待上级资料的记录", report.missingParents],
    ["时钟可疑", report.clockSuspect],
  ] as const;
  return (
    <Paper role="status" className={classes.report} data-outcome={report.outcome}>
      <Stack gap="xs">
        <Text fw={600}>
          {isLeftAside(report) ? "没有导入" : titles[report.outcome]}：{report.peerName}第 {report.number} 号包
        </Text>
        {report.outcome !== "applied" && <Text size="sm">{report.summary}</Text>}
        {report.outcome === "applied" && report.added + report.changed + report.conflicts + report.refused === 0 && (
          <Text size="sm">对方没有本机还没有的变动，只带来了回执。</Text>
        )}
        <ul className={classes.figures}>
          {figures
            .filter(([, value], at) => at < 3 || value > 0)
            .map(([label, value]) => (
              <li key={label}>
                {label} <b>{value.toLocaleString("zh-CN")}</b>
              </li>
            ))}
        </ul>
        {report.released.length > 0 && (
          <Text size="sm">同时补上了以前暂存的第 {report.released.join("、")} 号包。</Text>
        )}
        {[...report.notes, report.keyNews ?? []].flat().map((note) => (
          <Text key={note} size="sm">
            {note}
          </Text>
        ))}
        <Group gap="xs">
          {report.outcome === "applied" && (
            <Button size="compact-md" variant="default" onClick={() => onShowRecords(report.exchangeId)}>
              查看变动
            </Button>
          )}
          {report.conflicts > 0 && (
            <Button size="compact-md" renderRoot={(props) => <Link to="/conflicts" {...props} />}>
              去处理冲突
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}
