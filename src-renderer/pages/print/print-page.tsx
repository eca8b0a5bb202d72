import { SegmentedControl, Select } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import { keysOf, officeLevels } from "#domain/values.ts";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { ProjectFilters } from "#renderer/pages/projects/project-filters.tsx";
import { BooksOptions } from "./books-options.tsx";
import { CardOptions } from "./card-options.tsx";
import { IssuesOptions } from "./issues-options.tsx";
import { ListOptions } from "./list-options.tsx";
import { PermitOptions } from "./permit-options.tsx";
import { ProgressOptions } from "./progress-options.tsx";
import type { PrintSearch } from "./search.ts";
import { SheetActions } from "./sheet-actions.tsx";
import { SheetPreview } from "./sheet-preview.tsx";
import { SupervisionOptions } from "./supervision-options.tsx";
import { useSheet } from "./use-sheet.ts";
import { VisitOptions } from "./visit-options.tsx";

const route = getRouteApi("/print");

const labels = {
  progress: "项目进度表",
  lights: "红黄绿灯情况表",
  month: "月对账单",
  period: "季、年账单",
  card: "项目卡",
  permits: "要件办理表",
  visit: "走访记录表",
  issues: "问题清单",
  supervision: "挂牌督办单",
} as const satisfies Partial<Record<NonNullable<PrintSearch["sheet"]>, string>>;

const groups: readonly { group: string; sheets: readonly (keyof typeof labels)[] }[] = [
  { group: "进度与灯号", sheets: ["progress", "lights"] },
  { group: "项目", sheets: ["card", "permits", "visit"] },
  { group: "问题", sheets: ["issues", "supervision"] },
  { group: "对账", sheets: ["month", "period"] },
];

const titles: Readonly<Record<string, string>> = { list: "打印列表", guide: "打印速查卡" };

/** Choose a sheet, see it as it will be printed, print it or keep it as PDF. */
export function PrintPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const frame = useRef<HTMLIFrameElement>(null);
  const sheet = useSheet(search);
  const { sheet: kind = "progress" } = search;
  // Come to from a list or from help: the other sheets are a click on the menu away.
  const isOfItsOwn = kind in titles;
  const change = useCallback(
    (next: PrintSearch) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  return (
    <>
      <PageHeader title={titles[kind] ?? "打印"}>
        {isOfItsOwn ? null : (
          <Select
            aria-label="表样"
            w={190}
            allowDeselect={false}
            // All of them at once.
            styles={{ options: { maxHeight: "none" } }}
            data={groups.map(({ group, sheets }) => ({
              group,
              items: sheets.map((value) => ({ value, label: labels[value] })),
            }))}
            value={kind}
            onChange={(value) => change({ sheet: keysOf(labels).find((each) => each === value) })}
          />
        )}
        <SheetActions sheet={sheet} onPrint={() => frame.current?.contentWindow?.print()} />
      </PageHeader>
      {kind === "progress" && <ProgressOptions search={search} onChange={change} />}
      {kind === "lights" && (
        <ProjectFilters
          filter={search.filter ?? {}}
          onChange={(next) => change({ filter: { ...search.filter, ...next } })}
          onClear={() => change({ filter: undefined })}
        />
      )}
      {(kind === "month" || kind === "period") && <BooksOptions kind={kind} search={search} onChange={change} />}
      {kind === "card" && <CardOptions projectId={search.projectId} onChange={change} />}
      {kind === "permits" && <PermitOptions search={search} onChange={change} />}
      {kind === "visit" && <VisitOptions search={search} onChange={change} />}
      {kind === "issues" && <IssuesOptions search={search} onChange={change} />}
      {kind === "supervision" && <SupervisionOptions issueId={search.issueId} onChange={change} />}
      {kind === "list" && <ListOptions paper={search.paper} onChange={change} />}
      {kind === "guide" && (
        <SegmentedControl
          aria-label="层级"
          mb={8}
          style={{ alignSelf: "flex-start" }}
          data={keysOf(officeLevels).map((level) => ({ value: level, label: officeLevels[level] }))}
          value={search.level ?? "street"}
          onChange={(value) => change({ level: keysOf(officeLevels).find((level) => level === value) })}
        />
      )}
      <SheetPreview sheet={sheet} ref={frame} />
    </>
  );
}
