import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ProjectFilter } from "#contract/ledger.ts";
import type { Workbench } from "#contract/reports.ts";
import { keysOf, lights } from "#domain/values.ts";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import { PermitFigures } from "#renderer/pages/permits/permit-figures.tsx";
import classes from "./workbench.module.css";

/** Totals at the top; each opens the ledger with that filter. */
export function Figures({ workbench }: { workbench: Workbench }) {
  return (
    <div className={classes.strip}>
      <Figure label="项目总数" value={workbench.projectTotal} filter={{}} />
      {keysOf(lights).map((light) => (
        <Figure
          key={light}
          label={<LightBadge light={light} />}
          value={workbench.lightCounts[light]}
          filter={{ lights: [light] }}
        />
      ))}
      <Figure label="项目卡待补" value={workbench.incompleteTotal} filter={{ incompleteOnly: true }} />
      <Figure label="缺服务秘书" value={workbench.lacksSecretaryTotal} filter={{ lacksSecretary: true }} />
      <ReportFigures workbench={workbench} />
      <PermitFigures className={classes.figure} />
      <Link to="/conflicts" className={classes.figure}>
        <span>待处理冲突</span>
        <b>{workbench.conflictTotal}</b>
      </Link>
    </div>
  );
}

/** 月报: this month's that have not come, and whatever waits for somebody. */
function ReportFigures({ workbench: { reports } }: { workbench: Workbench }) {
  const figures = [
    { label: "本月未报", value: reports.due, search: { month: reports.month, state: "due" } },
    { label: "待审核月报", value: reports.submitted, search: { month: reports.submittedMonth, state: "submitted" } },
    { label: "被退回月报", value: reports.returned, search: { month: reports.returnedMonth, state: "returned" } },
    { label: "入库超期", value: reports.entriesOverdue, search: { tab: "stats", standing: "overdue" } },
  ] as const;
  return figures.map(({ label, value, search }) => (
    <Link key={label} to="/reports" search={search} className={classes.figure}>
      <span>{label}</span>
      <b>{value.toLocaleString("zh-CN")}</b>
    </Link>
  ));
}

function Figure({ label, value, filter }: { label: ReactNode; value: number; filter: ProjectFilter }) {
  return (
    <Link to="/projects" search={filter} className={classes.figure}>
      <span>{label}</span>
      <b>{value.toLocaleString("zh-CN")}</b>
    </Link>
  );
}
