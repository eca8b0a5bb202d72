import type { IssuePage } from "#contract/issues.ts";
import { daysBetween } from "#domain/calendar.ts";
import { deadlineText } from "#domain/issue-list.ts";
import { issueCategories, issueSources } from "#domain/values.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { Facts } from "#renderer/components/facts.tsx";
import { ProjectLink } from "#renderer/components/project-link.tsx";

/** What is known of an issue; what does not apply to it is left out. */
export function IssueFacts({ page: { issue, visitedOn } }: { page: IssuePage }) {
  const { asOf } = useLightDate();
  const joined = (...parts: (string | null)[]) => parts.filter(Boolean).join("　");
  const source = joined(
    issueSources[issue.source],
    visitedOn && `${visitedOn} 走访`,
    issue.hotline_no && `工单 ${issue.hotline_no}`,
  );
  const caller = joined(issue.caller, issue.caller_phone);
  return (
    <Facts
      items={[
        ["项目", <ProjectLink key="project" id={issue.project_id} name={issue.projectName} />],
        ["管理单位", joined(issue.regionName === issue.officeName ? null : issue.regionName, issue.officeName)],
        ["类别", issueCategories[issue.category]],
        ["来源", source],
        ...(caller ? [["反映人", caller] as const] : []),
        [
          "发现日期",
          `${issue.found_on}（${ageText(issue.found_on, issue.solved_on ?? asOf, issue.solved_on !== null)}）`,
        ],
        ["办理期限", deadlineText(issue, asOf)],
        ["承办", joined(issue.handler_unit, issue.handler_person)],
        ["具体情况", issue.detail],
        ["解决措施", issue.measures],
        ...(issue.is_supervised === 1 ? [["挂牌督办", joined(issue.supervised_on, issue.supervised_by)] as const] : []),
        ...(issue.solved_on ? [["解决日期", issue.solved_on] as const] : []),
        ...(issue.owner_reply ? [["业主回音", joined(issue.owner_replied_on, issue.owner_reply)] as const] : []),
        ...(issue.closed_on ? [["销号日期", issue.closed_on] as const] : []),
      ]}
    />
  );
}

function ageText(from: string, to: string, isSolved: boolean): string {
  const days = daysBetween(from, to);
  return isSolved ? `办理用了 ${days} 天` : `已 ${days} 天`;
}
