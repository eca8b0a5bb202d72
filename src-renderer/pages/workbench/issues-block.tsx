import { Anchor } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { IssueRow } from "#contract/issues.ts";
import { deadlineText } from "#domain/issue-list.ts";
import { type IssueView, issueLevels, issueViews } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { Block } from "./block.tsx";
import classes from "./workbench.module.css";

const SHOWN = 20;
const pressing: readonly IssueView[] = ["awaiting", "overdue", "silent"];

/** Problems that press: what waits for this office's answer, what is overdue, what nobody has followed up lately. */
export function IssuesBlock() {
  const { asOf } = useLightDate();
  const { office } = useSession();
  const counts = useQuery({
    ...api.issues.counts.queryOptions({ input: { filter: {}, asOf } }),
    placeholderData: keepPreviousData,
  }).data;
  return (
    <Block
      title="问题"
      total={counts?.open ?? 0}
      more={
        <span>
          {pressing.map((view) => (
            <Anchor
              key={view}
              size="sm"
              ml="xs"
              renderRoot={(props) => <Link to="/issues" search={{ view }} {...props} />}
            >
              {view === "awaiting" && office.level === "street" ? "待上级答复" : issueViews[view]} {counts?.[view] ?? 0}
            </Anchor>
          ))}
        </span>
      }
      empty="没有未销号的问题。发现问题按 i 键提出。"
    >
      <Pressing view="awaiting" />
      <Pressing view="overdue" />
      <Pressing view="silent" />
    </Block>
  );
}

function Pressing({ view }: { view: IssueView }) {
  const { asOf } = useLightDate();
  const { data } = useQuery({
    ...api.issues.list.queryOptions({ input: { filter: { view }, offset: 0, limit: SHOWN, asOf } }),
    placeholderData: keepPreviousData,
  });
  return data?.rows.map((issue) => <IssueItem key={issue.id} issue={issue} view={view} asOf={asOf} />);
}

function IssueItem({ issue, view, asOf }: { issue: IssueRow; view: IssueView; asOf: string }) {
  const end = {
    awaiting: `${issueLevels[issue.level]}待答复`,
    silent: issue.lastEntryOn ? `上次办理 ${issue.lastEntryOn}` : `${issue.found_on} 发现，未办理`,
  };
  return (
    <Link to="/issues" search={{ view, id: issue.id }} className={classes.item}>
      <span title={issue.title}>{issue.title}</span>
      <span className={classes.quiet}>
        {view === "awaiting" || view === "silent" ? end[view] : deadlineText(issue, asOf)}
      </span>
      <span className={`${classes.quiet} ${classes.whole}`} title={issue.projectName}>
        {issue.projectName}（{issue.officeName}）
      </span>
    </Link>
  );
}
