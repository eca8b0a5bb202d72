import { Alert, Button, Group, Progress, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { CheckProgress } from "#contract/office.ts";
import { failures } from "#domain/failure.ts";
import { type Finding, type HealthPart, healthParts } from "#domain/health.ts";
import { keysOf } from "#domain/values.ts";
import { isCancelled } from "#renderer/app/error-text.ts";
import { api, client } from "#renderer/app/rpc.ts";
import { refreshAll } from "#renderer/app/undo.tsx";
import { askConfirm } from "#renderer/components/confirm.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FindingList } from "./finding-list.tsx";
import classes from "./settings.module.css";

const parts = keysOf(healthParts);
/** Looks that are over sooner need no percent. */
const LOOK_EVERY_MS = 300;

/** 体检 part by part, so that the clerk sees how far it is; tables that differ from the log can be made anew from it. */
export function Doctor() {
  const [part, setPart] = useState<HealthPart>("file");
  const [findings, setFindings] = useState<Finding[]>([]);
  const wanted = useRef(true);
  const check = useMutation({
    mutationFn: async () => {
      setFindings([]);
      wanted.current = true;
      for (const each of parts) {
        setPart(each);
        const found = await client.maintenance.check({ part: each });
        if (!wanted.current) return false;
        setFindings((before) => [...before, ...found]);
      }
      return true;
    },
  });
  const rebuild = useMutation({
    mutationFn: () => client.maintenance.rebuild(),
    onSuccess: async ({ findings: tables }) => {
      setFindings((before) => parts.flatMap((each) => (each === "tables" ? tables : before.filter(of(each)))));
      await refreshAll();
    },
  });
  const live = useQuery({
    ...api.maintenance.checking.experimental_liveOptions(),
    refetchInterval: ({ state }) => (check.isPending && !state.data ? LOOK_EVERY_MS : false),
  });
  const stop = useMutation({
    mutationFn: () => {
      // The look that is under way, and those that would follow.
      wanted.current = false;
      return client.maintenance.cancelCheck();
    },
  });
  const isBad = (name: HealthPart) => findings.filter(of(name)).some(({ state }) => state === "bad");
  const isStopped = isCancelled(check.error) || check.data === false;
  const isWhole = check.data === true;
  const canRebuild = isWhole && isBad("tables") && !isBad("file") && !isBad("log");
  return (
    <section className={classes.part} aria-label="体检">
      <Title order={2} fz="md">
        体检
      </Title>
      <Text size="sm" c="var(--text-quiet)">
        检查数据库文件和改动日志是否完好、各表是否与日志一致，以及往来记录、附件、密钥和磁盘空间。数据多时需要几十秒，随时可以停止；结果显示在这里，请留在本页。
      </Text>
      <Group>
        <Button
          variant="default"
          loading={check.isPending}
          disabled={rebuild.isPending}
          onClick={() => {
            rebuild.reset();
            check.mutate();
          }}
        >
          {isWhole ? "再检查一遍" : "开始检查"}
        </Button>
        {check.isPending && (
          <Button variant="subtle" loading={stop.isPending} onClick={() => stop.mutate()}>
            停止检查
          </Button>
        )}
      </Group>
      {check.isPending && <Steps part={part} progress={live.data ?? null} />}
      {isStopped && (
        <Text size="sm" role="status">
          {failures.check_cancelled}
        </Text>
      )}
      <FailureAlert error={isStopped ? null : check.error} />
      {isWhole && !rebuild.isPending && <Verdict findings={findings} />}
      <FindingList label="体检发现" findings={findings.filter(({ state }) => state !== "ok")} />
      {canRebuild && (
        <Group>
          <Button loading={rebuild.isPending} onClick={() => askRebuild(() => rebuild.mutate())}>
            按日志重建
          </Button>
          {rebuild.isPending && (
            <Text size="sm" role="status">
              正在备份、重建并核对，请不要关闭程序…
            </Text>
          )}
        </Group>
      )}
      <FailureAlert error={rebuild.error} />
      {rebuild.data && (
        <Alert color="teal" role="status" title="已按日志重建">
          重建前的数据库已备份在 {rebuild.data.backup}
        </Alert>
      )}
      <FindingList label="正常的各项" findings={findings.filter(({ state }) => state === "ok")} />
    </section>
  );
}

function of(part: HealthPart): (finding: Finding) => boolean {
  return (finding) => finding.part === part;
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
  const at = parts.indexOf(part);
  const share = progress?.part === part && progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  return (
    <Stack gap={4} maw={460}>
      <Progress value={(100 * (at + share)) / parts.length} aria-label="体检进度" />
      <Text size="sm" role="status">
        正在检查 {at + 1} / {parts.length}：{healthParts[part]}
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
