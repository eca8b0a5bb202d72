/** 走访记录表, A4 portrait: what was recorded of one visit, with room to add by hand and lines to sign. */
import type { Row } from "#domain/registry.ts";
import { visitForms } from "#domain/values.ts";
import { OpenConflicts, Prepared, renderDocument, type SheetOrigin } from "./document.tsx";
import { Fact, Form, formCss, portrait } from "./form.tsx";

export type VisitSheet = {
  visit: Row<"visit">;
  project: Row<"project">;
  /** 管理单位 of the project. */
  officeName: string;
  /** The secretary who visited, and the secretary's office. */
  personName: string;
  personOffice: string;
  /** Unsettled conflicts of the project. */
  conflicts: number;
};

/** Lays out the visit record as one HTML document. */
export function renderVisitSheet(
  { visit, project, officeName, personName, personOffice, conflicts }: VisitSheet,
  origin: SheetOrigin,
): string {
  return renderDocument({
    title: `走访记录表　${project.name}　${visit.visited_on}`,
    page: portrait,
    css: formCss + visitCss,
    continuation: { left: `走访记录表（续）　${project.name}　${visit.visited_on}`, right: origin.dataState },
    children: (
      <>
        <h1>走访记录表</h1>
        <div className="above">
          <span>管理单位：{officeName}</span>
          <span>走访日期：{visit.visited_on}</span>
        </div>
        <Form>
          <tbody>
            <tr>
              <Fact label="项目名称" span={12}>
                <strong>{project.name}</strong>
              </Fact>
            </tr>
            <tr>
              <Fact label="项目单位">{project.owner}</Fact>
              <Fact label="建设地点">{project.address}</Fact>
            </tr>
            <tr>
              <Fact label="服务秘书">{personName}</Fact>
              <Fact label="秘书单位">{personOffice}</Fact>
            </tr>
            <tr>
              <Fact label="走访形式">{visitForms[visit.form]}</Fact>
              <Fact label="会见人员">{visit.people_met}</Fact>
            </tr>
            <tr className="write tall">
              <Fact label="了解到的情况" span={12}>
                {visit.findings}
              </Fact>
            </tr>
            <tr className="write">
              <Fact label="企业诉求和意见" span={12} />
            </tr>
            <tr className="write">
              <Fact label="后续事项" span={12}>
                {visit.follow_up}
              </Fact>
            </tr>
            <tr>
              <Fact label="办理期限">{visit.follow_up_on}</Fact>
              <Fact label="办结日期">{visit.followed_up_on}</Fact>
            </tr>
          </tbody>
        </Form>
        <div className="below">
          <div className="signatures">
            <Signature label="服务秘书签字" />
            <Signature label="企业代表签字" />
          </div>
          <Prepared origin={origin} />
          <p>
            {origin.dataState} <OpenConflicts count={conflicts} />
          </p>
        </div>
      </>
    ),
  });
}

function Signature({ label }: { label: string }) {
  return (
    <div>
      <p>
        {label}：<span className="line" />
      </p>
      <p>
        日期：<span className="blank">年</span>
        <span className="blank">月</span>
        <span className="blank">日</span>
      </p>
    </div>
  );
}

const visitCss = `
.form tr { height: 10mm; }
.form tr.write { height: 38mm; }
.form tr.tall { height: 66mm; }
.form tr.write td { vertical-align: top; line-height: 1.6; }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 12mm; margin: 7mm 0 8mm; font-size: 11pt; }
.signatures p { display: flex; align-items: end; margin: 0 0 6mm; }
.signatures .line { flex: 1; border-bottom: 0.25mm solid #444; }
.signatures .blank { flex: 1; text-align: right; }
`;
