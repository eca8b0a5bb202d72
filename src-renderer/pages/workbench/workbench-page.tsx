import { Anchor, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Workbench } from "#contract/reports.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useSettings } from "#renderer/app/use-settings.ts";
import { MissingAttachments } from "#renderer/components/attachments/missing-attachments.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import { Block } from "./block.tsx";
import { Charts } from "./charts/charts.tsx";
import { Figures } from "./figures.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { IssuesBlock } from "./issues-block.tsx";
import { FollowUpItem, LinkItem, NodeItem, VisitMissingItem } from "./items.tsx";
import classes from "./workbench.module.css";

const route = getRouteApi("/");

/** What needs doing, as of the light date; every line leads to where it is done. */
export function WorkbenchPage() {
  const { asOf } = useLightDate();
  const { office } = useSession();
  const { part = "tasks" } = route.useSearch();
  const navigate = route.useNavigate();
  const summary = useQuery({
    ...api.workbench.summary.queryOptions({ input: { asOf } }),
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHeader title="工作台" subtitle={`${office.name}，截至 ${asOf}`}>
        <SegmentedControl
          aria-label="工作台"
          data={[
            { value: "tasks", label: "待办" },
            { value: "charts", label: "图表" },
          ]}
          value={part}
          onChange={(value) => void navigate({ search: value === "charts" ? { part: "charts" } : {} })}
        />
      </PageHeader>
      {summary.isError && <FailureAlert error={summary.error} onRetry={() => void summary.refetch()} />}
      {summary.isPending && <Waiting what="正在统计" height={600} />}
      {summary.data && (
        <>
          <Figures workbench={summary.data} />
          {summary.data.projectTotal === 0 && <FirstSteps />}
          <MissingAttachments />
          {part === "charts" ? <Charts /> : <Blocks workbench={summary.data} />}
        </>
      )}
    </>
  );
}

function Blocks({ workbench }: { workbench: Workbench }) {
  const { office } = useSession();
  const visitDays = useSettings()["visit.overdueDays"];
  const allNodes = (tab?: "submitted" | "returned") => (
    <Anchor size="sm" renderRoot={(props) => <Link to="/nodes" search={{ tab }} {...props} />}>
      {tab ? "全部" : "去节点"}
    </Anchor>
  );
  return (
    <div className={classes.blocks}>
      <Block title="逾期节点" total={workbench.overdueTotal} more={allNodes()} empty="没有逾期未完成的节点。">
        {workbench.overdue.map((node) => (
          <NodeItem key={node.id} node={node} asOf={workbench.asOf} />
        ))}
      </Block>
      <Block title="30 天内到期" total={workbench.dueTotal} more={allNodes()} empty="30 天内没有到期的节点。">
        {workbench.due.map((node) => (
          <NodeItem key={node.id} node={node} asOf={workbench.asOf} />
        ))}
      </Block>
      {(office.level === "street" || workbench.returnedTotal > 0) && (
        <Block
          title="被退回的节点"
          total={workbench.returnedTotal}
          more={allNodes("returned")}
          empty="没有被退回的节点。"
        >
          {workbench.returned.map((node) => (
            <NodeItem key={node.id} node={node} asOf={workbench.asOf} note={node.review_note ?? ""} />
          ))}
        </Block>
      )}
      {office.level !== "street" && (
        <Block
          title="待审核的节点"
          total={workbench.awaitingReviewTotal}
          more={allNodes("submitted")}
          empty="没有等待审核的节点。"
        >
          {workbench.awaitingReview.map((node) => (
            <NodeItem key={node.id} node={node} asOf={workbench.asOf} end={`完成 ${node.actual_on ?? "未填"}`} />
          ))}
        </Block>
      )}
      <IssuesBlock />
      <Block
        title="待走访项目"
        total={workbench.visitsMissingTotal}
        more={
          <Anchor size="sm" renderRoot={(props) => <Link to="/projects" search={{ unvisitedOnly: true }} {...props} />}>
            全部
          </Anchor>
        }
        empty={
          visitDays === null
            ? "走访天数未设定，不列待走访的项目；由市级在“单位与设定”中设定。"
            : `各项目都在 ${visitDays} 天内走访过。`
        }
      >
        {workbench.visitsMissing.map((entry) => (
          <VisitMissingItem key={entry.projectId} entry={entry} />
        ))}
      </Block>
      <Block title="走访后续事项" total={workbench.followUps.length} empty="没有未办结的后续事项。">
        {workbench.followUps.map((entry) => (
          <FollowUpItem key={entry.visitId} entry={entry} asOf={workbench.asOf} />
        ))}
      </Block>
      <Block
        title="同步往来"
        total={workbench.links.length}
        more={
          <Anchor size="sm" renderRoot={(props) => <Link to="/sync" {...props} />}>
            去同步
          </Anchor>
        }
        empty="还没有同步关系：上级用“单位与设定”邀请下级，下级用邀请文件加入。"
      >
        {workbench.links.map((link) => (
          <LinkItem key={link.peerId} link={link} />
        ))}
      </Block>
    </div>
  );
}
