/** 项目建档卡, A4 portrait: everything known of one project, with what is still missing marked 待补. */
import type { ReactNode } from "react";
import { leadText } from "#domain/light.ts";
import { countText, type PermitCounts } from "#domain/permit.ts";
import { missingCardFacts } from "#domain/project-card.ts";
import type { LightRules } from "#domain/project-light.ts";
import { type FieldName, type Row, registry } from "#domain/registry.ts";
import {
  assignmentRoles,
  auditStates,
  grades,
  keysOf,
  type Light,
  list2Kinds,
  lists,
  permitGroups,
  sectors,
  stages,
  visitForms,
} from "#domain/values.ts";
import { OpenConflicts, Prepared, renderDocument, type SheetOrigin } from "./document.tsx";
import { Fact, Form, formCss, ListSection, portrait, Section } from "./form.tsx";
import { amount, startOf } from "./format.ts";
import { LightLegend, LightMark, lightCss } from "./light-mark.tsx";

/** Visits that the card shows. */
const RECENT_VISITS = 5;

export type ProjectCard = {
  project: Row<"project">;
  /** 管理单位. */
  officeName: string;
  light: Light;
  /** Nodes in plan order; `daysAhead` as computed by domain/light.ts. */
  nodes: readonly (Row<"node"> & { light: Light; daysAhead: number | null })[];
  /** Newest first; only the last five are printed. */
  visits: readonly (Row<"visit"> & { personName: string })[];
  /** Of its permits, by group. */
  permitCounts: PermitCounts;
  /** Present secretaries. */
  assignments: readonly (Row<"assignment"> & { personName: string; personOffice: string })[];
  /** Day for which lights and days ahead were computed. */
  asOf: string;
  lightRules: LightRules;
  /** Unsettled conflicts of the project. */
  conflicts: number;
};

/** Lays out the card as one HTML document. Amounts are hundredths of 万元 in, 万元 on paper. */
export function renderProjectCard(card: ProjectCard, origin: SheetOrigin): string {
  const { project } = card;
  return renderDocument({
    title: `项目建档卡　${project.name}`,
    page: portrait,
    css: lightCss + formCss + cardCss,
    continuation: { left: `项目建档卡（续）　${project.name}`, right: origin.dataState },
    children: (
      <>
        <h1>项目建档卡</h1>
        <div className="above">
          <span>{origin.dataState}</span>
          <span>单位：万元</span>
        </div>
        <Form>
          <Basics card={card} />
          <Money project={project} />
          <Progress card={card} />
          <Duties card={card} />
        </Form>
        <Nodes nodes={card.nodes} />
        <Visits visits={card.visits} />
        <div className="below">
          <Prepared origin={origin} />
          <LightLegend rules={card.lightRules} asOf={card.asOf} />
          <p>
            <OpenConflicts count={card.conflicts} />
          </p>
        </div>
      </>
    ),
  });
}

/** One registered field of the project under its registered label; 待补 where the card must have it. */
function ProjectFact({
  project,
  field,
  span,
  text,
}: {
  project: Row<"project">;
  field: FieldName<"project">;
  span?: 4 | 6 | 12;
  /** Display text where it differs from the stored value. */
  text?: ReactNode;
}) {
  return (
    <Fact label={registry.project.fields[field].label} span={span} missing={missingCardFacts(project).includes(field)}>
      {text ?? project[field]}
    </Fact>
  );
}

function Basics({ card: { project, officeName, light } }: { card: ProjectCard }) {
  return (
    <Section head="一、基本情况">
      <tr>
        <th colSpan={2} scope="row" className="label">
          项目名称
        </th>
        <td colSpan={7} className="project-name">
          {project.name}
        </td>
        <th scope="row" className="label center">
          灯
        </th>
        <td colSpan={2} className="center">
          <LightMark light={light} />
        </td>
      </tr>
      <tr>
        <ProjectFact project={project} field="owner" />
        <ProjectFact project={project} field="project_code" />
      </tr>
      <tr>
        <ProjectFact project={project} field="region" />
        <ProjectFact project={project} field="address" />
      </tr>
      <tr>
        <ProjectFact project={project} field="stage" span={4} text={labelOf(stages, project.stage)} />
        <ProjectFact project={project} field="list2_kind" span={4} text={labelOf(list2Kinds, project.list2_kind)} />
        <ProjectFact project={project} field="grade" span={4} text={labelOf(grades, project.grade)} />
      </tr>
      <tr>
        <ProjectFact project={project} field="sector" span={4} text={labelOf(sectors, project.sector)} />
        <ProjectFact project={project} field="category" span={4} />
        <Fact label="管理单位" span={4}>
          {officeName}
        </Fact>
      </tr>
      <tr>
        <ProjectFact project={project} field="lists" span={12} text={listNames(project.lists)} />
      </tr>
      <tr>
        <ProjectFact project={project} field="content" span={12} />
      </tr>
    </Section>
  );
}

/** From so many characters on an amount is set smaller, to stay on one line. */
const LONG_AMOUNT = 13;

function Amount({ value }: { value: number | null }) {
  const text = amount(value);
  return text === "" ? null : <span className={text.length > LONG_AMOUNT ? "amount long" : "amount"}>{text}</span>;
}

function Money({ project }: { project: Row<"project"> }) {
  return (
    <Section head="二、投资与工期">
      <tr>
        <ProjectFact
          project={project}
          field="total_investment"
          span={4}
          text={<Amount value={project.total_investment} />}
        />
        <ProjectFact
          project={project}
          field="annual_plan_investment"
          span={4}
          text={<Amount value={project.annual_plan_investment} />}
        />
        <ProjectFact
          project={project}
          field="completed_investment"
          span={4}
          text={<Amount value={project.completed_investment} />}
        />
      </tr>
      <tr>
        <ProjectFact project={project} field="funding" span={4} />
        <Fact label="开工时间" span={4}>
          {startOf(project)}
        </Fact>
        <Fact label="竣工时间" span={4}>
          {project.completed_on ?? project.completed_text}
        </Fact>
      </tr>
    </Section>
  );
}

function Progress({ card: { project, permitCounts } }: { card: ProjectCard }) {
  return (
    <Section head="三、手续与形象进度">
      <tr>
        {keysOf(permitGroups).map((group) => (
          <Fact key={group} label={permitGroups[group]} span={4}>
            {countText(permitCounts[group])}
          </Fact>
        ))}
      </tr>
      <tr>
        <Fact label="土地征收和前期手续" span={12}>
          {project.permits_note}
        </Fact>
      </tr>
      <tr>
        <ProjectFact project={project} field="annual_goal" span={12} />
      </tr>
      <tr>
        <ProjectFact project={project} field="image_progress" span={12} />
      </tr>
      <tr>
        <ProjectFact project={project} field="problems" span={12} />
      </tr>
    </Section>
  );
}

function Duties({ card: { project, assignments } }: { card: ProjectCard }) {
  return (
    <Section head="四、服务秘书与责任">
      <tr>
        <ProjectFact project={project} field="responsible_unit" span={4} />
        <ProjectFact project={project} field="lead_unit" span={4} />
        <ProjectFact project={project} field="sponsor" span={4} />
      </tr>
      <tr>
        <ProjectFact project={project} field="owner_lead" span={4} />
        <ProjectFact project={project} field="owner_lead_phone" span={4} />
        <ProjectFact project={project} field="owner_permit_clerk" span={4} />
      </tr>
      {assignments.map((assignment) => (
        <tr key={assignment.id}>
          <Fact label={assignmentRoles[assignment.role]} span={4}>
            {assignment.personName}
          </Fact>
          <Fact label="所在单位" span={4}>
            {assignment.personOffice}
          </Fact>
          <Fact label="服务起始" span={4}>
            {assignment.from_on}
          </Fact>
        </tr>
      ))}
      {assignments.length === 0 && (
        <tr>
          <Fact label="服务秘书" span={12}>
            尚未安排
          </Fact>
        </tr>
      )}
    </Section>
  );
}

function Nodes({ nodes }: { nodes: ProjectCard["nodes"] }) {
  return (
    <ListSection
      head={`五、节点（${nodes.length} 个）`}
      columns={[
        { head: "灯", width: 14 },
        { head: "节点名称" },
        { head: "计划完成", width: 25 },
        { head: "实际完成", width: 25 },
        { head: "提前/滞后", width: 24 },
        { head: "审核", width: 21 },
      ]}
      empty="尚未编制节点计划"
    >
      {nodes.map((node) => (
        <tr key={node.id}>
          <td className="center">
            <LightMark light={node.light} />
          </td>
          <td>{node.name}</td>
          <td className="center">{node.planned_on}</td>
          <td className="center">{node.actual_on}</td>
          <td className="center">{leadText(node)}</td>
          <td className="center">{auditStates[node.audit_state]}</td>
        </tr>
      ))}
    </ListSection>
  );
}

function Visits({ visits }: { visits: ProjectCard["visits"] }) {
  return (
    <ListSection
      head={`六、近期走访（最近 ${RECENT_VISITS} 次）`}
      columns={[
        { head: "日期", width: 25 },
        { head: "形式/秘书", width: 24 },
        { head: "了解到的情况" },
        { head: "后续事项及期限", width: 54 },
      ]}
      empty="尚无走访记录"
    >
      {visits.slice(0, RECENT_VISITS).map((visit) => (
        <tr key={visit.id}>
          <td className="center">{visit.visited_on}</td>
          <td className="center">
            {visitForms[visit.form]}
            <br />
            {visit.personName}
          </td>
          <td className="multiline">{visit.findings}</td>
          <td className="multiline">
            {visit.follow_up}
            {visit.follow_up_on && <span className="whole">（{visit.follow_up_on} 前）</span>}
            {visit.followed_up_on && <span className="whole"> 已于 {visit.followed_up_on} 办结</span>}
          </td>
        </tr>
      ))}
    </ListSection>
  );
}

function labelOf(labels: Readonly<Record<string, string>>, key: string | null): string {
  return key === null ? "" : (labels[key] ?? key);
}

function listNames(keys: string | null): string {
  return (keys ?? "")
    .split(",")
    .filter(Boolean)
    .map((key) => labelOf(lists, key))
    .join("、");
}

const cardCss = `
.project-name { font-size: 12pt; font-weight: 600; }
.whole { display: inline-block; white-space: nowrap; }
.amount { white-space: nowrap; font-variant-numeric: tabular-nums; }
.amount.long { font-size: 8pt; }
`;
