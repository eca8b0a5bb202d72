import { Badge, Button, Group, Text } from "@mantine/core";
import { useCallback, useState } from "react";
import type { ProjectPage } from "#contract/ledger.ts";
import { entryDaysOver, entryStanding } from "#domain/stats-entry.ts";
import { statsPapers, statsStates } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { useSettings } from "#renderer/app/use-settings.ts";
import classes from "./project.module.css";
import { StatsDrawer } from "./stats-drawer.tsx";

/** 入统入库 of one project: its state, the papers collected, and whether it is overdue. */
export function StatsSection({ page }: { page: ProjectPage }) {
  const { asOf } = useLightDate();
  const settings = useSettings();
  const [opened, setOpened] = useState(false);
  const { project } = page;
  const days = settings["stats.entryDueDays"];
  const standing = entryStanding(project, asOf, days);
  const papers = new Set((project.stats_papers ?? "").split(","));
  return (
    <section className={classes.part} aria-label="入统入库">
      <Group gap="xs" mb={4}>
        <h2 className={classes.partTitle}>入统入库</h2>
        <Button size="compact-sm" variant="light" disabled={!page.editable} onClick={() => setOpened(true)}>
          更新
        </Button>
        <Badge color={standing === "entered" ? "teal" : standing === "overdue" ? "red" : "gray"}>
          {project.stats_state === null ? "未填" : statsStates[project.stats_state]}
        </Badge>
        {standing === "overdue" && (
          <Text size="sm" c="var(--light-red)" fw={600}>
            ▲ 开工后应在 {days} 天内入库，已超期 {entryDaysOver(project, asOf, days)} 天
          </Text>
        )}
        {standing === "waiting" && (
          <Text size="sm" c="var(--text-quiet)">
            已开工，应入库
            {project.started_on === null ? "；未填开工日期，无法计算期限" : days === null ? "；期限市级未设定" : ""}
          </Text>
        )}
        {project.stats_entered_on && <Text size="sm">{project.stats_entered_on} 入库</Text>}
      </Group>
      <Text size="sm">
        {Object.entries(statsPapers).map(([key, label]) => (
          <span key={key} style={{ marginRight: 16 }}>
            {papers.has(key) ? "☑" : "☐"} {label}
          </span>
        ))}
      </Text>
      {project.stats_note && (
        <Text size="sm" className={classes.clip}>
          {project.stats_note}
        </Text>
      )}
      <StatsDrawer project={opened ? project : null} onClose={useCallback(() => setOpened(false), [])} />
    </section>
  );
}
