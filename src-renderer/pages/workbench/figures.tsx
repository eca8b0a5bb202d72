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
      <PermitFigures className={classes.figure} />
      <Link to="/conflicts" className={classes.figure}>
        <span>待处理冲突</span>
        <b>{workbench.conflictTotal}</b>
      </Link>
    </div>
  );
}

function Figure({ label, value, filter }: { label: ReactNode; value: number; filter: ProjectFilter }) {
  return (
    <Link to="/projects" search={filter} className={classes.figure}>
      <span>{label}</span>
      <b>{value.toLocaleString("zh-CN")}</b>
    </Link>
  );
}
