import { SegmentedControl } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { CardOptions } from "./card-options.tsx";
import { PaperChoice } from "./paper-choice.tsx";
import { ProgressOptions } from "./progress-options.tsx";
import type { PrintSearch } from "./search.ts";
import { SheetActions } from "./sheet-actions.tsx";
import { SheetPreview } from "./sheet-preview.tsx";
import { useSheet } from "./use-sheet.ts";
import { VisitOptions } from "./visit-options.tsx";

const route = getRouteApi("/print");

const sheets = [
  { value: "progress", label: "项目进度表" },
  { value: "card", label: "项目卡" },
  { value: "visit", label: "走访记录表" },
] as const;

/** Offered while the page was come to from a list. */
const listChoice = { value: "list", label: "刚才的列表" } as const;

/** Choose a sheet, see it as it will be printed, print it or keep it as PDF. */
export function PrintPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const frame = useRef<HTMLIFrameElement>(null);
  const sheet = useSheet(search);
  const { sheet: kind = "progress" } = search;
  const change = useCallback(
    (next: PrintSearch) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  return (
    <>
      <PageHeader title="打印">
        <SegmentedControl
          aria-label="表样"
          data={(search.list ? [listChoice, ...sheets] : sheets).map(({ value, label }) => ({ value, label }))}
          value={kind}
          onChange={(value) => change({ sheet: [listChoice, ...sheets].find((each) => each.value === value)?.value })}
        />
        <SheetActions sheet={sheet} onPrint={() => frame.current?.contentWindow?.print()} />
      </PageHeader>
      {kind === "progress" && <ProgressOptions search={search} onChange={change} />}
      {kind === "card" && <CardOptions projectId={search.projectId} onChange={change} />}
      {kind === "visit" && <VisitOptions search={search} onChange={change} />}
      {kind === "list" && <PaperChoice paper={search.paper} onChange={change} />}
      <SheetPreview sheet={sheet} ref={frame} />
    </>
  );
}
