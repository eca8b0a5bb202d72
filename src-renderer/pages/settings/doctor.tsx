import { Alert, Button, Group, Progress, Stack, Text, Title } from "@mantine/core";
import type { CheckProgress } from "#contract/office.ts";
import { failures } from "#domain/failure.ts";
import { type Finding, type HealthPart, healthParts } from "#domain/health.ts";
import { isCancelled } from "#renderer/app/error-text.ts";
import { askConfirm } from "#renderer/components/confirm.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { checkedParts, useCheckUp } from "./check-up.ts";
import { FindingList } from "./finding-list.tsx";
import classes from "./settings.module.css";

/** 体检 part by part; tables that differ from the log can be made anew from it. */
export function Doctor() {
  const checkUp = useCheckUp();
  const { checked, rebuilt, isChecking } = checkUp;
  const { part, findings, seenAt } = checkUp.found;
  const isRebuilding = rebuilt?.status === "pending";
  const isBad = (name: HealthPart) => findings.some((finding) => finding.part === name && finding.state === "bad");
  const isStopped = isCancelled(checked?.error) || checked?.data === false;
  const isWhole = checked?.data === true;
  const canRebuild = isWhole && isBad("tables") && !isBad("file") && !isBad("log");
  return (
    <section className={classes.part} aria-label="体检">
      <Title order={2} fz="md">
        体检
      </Title>
      <Text size="sm" c="var(--text-quiet)">
        检查数据库文件和改动日志是否完好、各表是否与日志一致，以及往来记录、附件、密钥和磁盘空间。数据多时需要几十秒，随时可以停止；检查时可以到别处继续工作，结果留在这里。
      </Text>
      <Group>
        <Button variant="default" loading={isChecking} disabled={isRebuilding} onClick={checkUp.check}>
          {isWhole ? "再检查一遍" : "开始检查"}
        </Button>
        {isChecking && (
          <Button variant="subtle" loading={checkUp.stopping} onClick={checkUp.stop}>
            停止检查
          </Button>
        )}
      </Group>
      {isChecking && <Steps part={part} progress={checkUp.progress} />}
      {isStopped && (
        <Text size="sm" role="status">
          {failures.check_cancelled}
        </Text>
      )}
      <FailureAlert error={isStopped ? null : (checked?.error ?? null)} />
      {isWhole && !isRebuilding && <Verdict findings={findings} />}
      {isWhole && seenAt && (
        <Text size="xs" c="var(--text-quiet)">
          检查于 {seenAt}
        </Text>
      )}
      <FindingList label="体检发现" findings={findings.filter(({ state }) => state !== "ok")} />
      {canRebuild && (
        <Group>
          <Button loading={isRebuilding} onClick={() => askRebuild(checkUp.rebuild)}>
            按日志重建
          </Button>
          {isRebuilding && (
            <Text size="sm" role="status">
              正在备份、重建并核对，请不要关闭程序…
            </Text>
          )}
        </Group>
      )}
      <FailureAlert error={rebuilt?.error ?? null} />
      {rebuilt?.data && (
        <Alert color="teal" role="status" title="已按日志重建">
          重建前的数据库已备份在 {rebuilt.data.backup}
        </Alert>
      )}
      <FindingList label="正常的各项" findings={findings.filter(({ state }) => state === "ok")} />
    </section>
  );
}

function askRebuild(onConfirm: () => void) {
  askConfirm({
    title: "按日志重建各表？",
    message:
      "先自动备份，再按改动日志把各表重新生成。日志本身不动，记过的内容都在；没有经过本程序、直接改进数据库的内容会被日志里的取代。",
    confirm: "备份并重建",
    onConfirm,
  });
}

function Steps({ part, progress }: { part: HealthPart; progress: CheckProgress | null }) {
  const at = checkedParts.indexOf(part);
  const share = progress?.part === part && progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  return (
    <Stack gap={4} maw={460}>
      <Progress value={(100 * (at + share)) / checkedParts.length} aria-label="体检进度" />
      <Text size="sm" role="status">
        正在检查 {at + 1} / {checkedParts.length}：{healthParts[part]}
        {share > 0 ? `，已看 ${Math.floor(share * 100)}%` : "…"}
      </Text>
    </Stack>
  );
}

function Verdict({ findings }: { findings: readonly Finding[] }) {
  const bad = findings.filter(({ state }) => state === "bad").length;
  const notes = findings.filter(({ state }) => state === "note").length;
  if (bad > 0) return <Alert color="red" role="status" title={`发现 ${bad} 处问题，请按下面写的办法处理`} />;
  const title = notes > 0 ? `检查通过，另有 ${notes} 处请留意` : "检查通过，一切正常";
  return <Alert color={notes > 0 ? "yellow" : "teal"} role="status" title={title} />;
}
