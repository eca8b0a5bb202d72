import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { NodeRow } from "#contract/ledger.ts";
import type { Workbench } from "#contract/reports.ts";
import { daysBetween } from "#domain/calendar.ts";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import { useWaiting } from "#renderer/pages/sync/use-waiting.ts";
import classes from "./workbench.module.css";

type NodeItemProps = {
  node: NodeRow;
  asOf: string;
  /** Instead of the project's name. */
  note?: string;
  /** Instead of when it is due. */
  end?: string;
};

/** Leads to one tab of a project. */
function ProjectItem({
  projectId,
  tab,
  children,
}: {
  projectId: string;
  tab: "nodes" | "visits";
  children: ReactNode;
}) {
  return (
    <Link to="/projects/$projectId" params={{ projectId }} search={{ tab }} className={classes.item}>
      {children}
    </Link>
  );
}

export function NodeItem({ node, asOf, note, end }: NodeItemProps) {
  return (
    <ProjectItem projectId={node.project_id} tab="nodes">
      <span title={node.name}>{node.name}</span>
      <span className={classes.end}>
        <LightBadge light={node.light} />
      </span>
      <span className={classes.quiet} title={`${node.projectName}（${node.officeName}）`}>
        {note || `${node.projectName}（${node.officeName}）`}
      </span>
      <span className={`${classes.quiet} ${classes.end}`}>{end ?? dueText(node.planned_on, asOf)}</span>
    </ProjectItem>
  );
}

function dueText(plannedOn: string | null, asOf: string): string {
  if (plannedOn === null) return "未定日期";
  const days = daysBetween(asOf, plannedOn);
  if (days === 0) return "今天到期";
  return days > 0 ? `${plannedOn}，还有 ${days} 天` : `${plannedOn}，逾期 ${-days} 天`;
}

export function VisitMissingItem({ entry }: { entry: Workbench["visitsMissing"][number] }) {
  return (
    <ProjectItem projectId={entry.projectId} tab="visits">
      <span title={entry.projectName}>{entry.projectName}</span>
      <span className={classes.quiet}>{entry.lastVisitOn ? `上次 ${entry.lastVisitOn}` : "从未走访"}</span>
      <span className={classes.quiet}>{entry.secretaries ? `服务秘书 ${entry.secretaries}` : "未安排服务秘书"}</span>
    </ProjectItem>
  );
}

export function FollowUpItem({ entry, asOf }: { entry: Workbench["followUps"][number]; asOf: string }) {
  return (
    <ProjectItem projectId={entry.projectId} tab="visits">
      <span title={entry.followUp}>{entry.followUp}</span>
      <span className={classes.quiet}>{entry.dueOn ? dueText(entry.dueOn, asOf) : "未定期限"}</span>
      <span className={classes.quiet}>{entry.projectName}</span>
    </ProjectItem>
  );
}

export function LinkItem({ link }: { link: Workbench["links"][number] }) {
  const waiting = useWaiting(link.peerId);
  return (
    <Link to="/sync" className={classes.item}>
      <span>{link.peerName}</span>
      <span className={classes.quiet}>
        {waiting === undefined && "正在统计待确认的变动"}
        {waiting === 0 && "对方都已确认"}
        {waiting !== undefined && waiting > 0 && `待对方确认 ${waiting.toLocaleString("zh-CN")} 条`}
        {link.parked > 0 && `，暂存 ${link.parked} 个包`}
      </span>
      <span className={`${classes.quiet} ${classes.whole}`}>
        最近发出 {link.lastSentAt ?? "无"}，最近收到 {link.lastReceivedAt ?? "无"}
      </span>
    </Link>
  );
}
