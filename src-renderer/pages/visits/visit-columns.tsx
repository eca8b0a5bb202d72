import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { VisitRow } from "#contract/ledger.ts";
import { visitForms } from "#domain/values.ts";
import { followUpState } from "#domain/visit.ts";
import type { TableColumn } from "#renderer/components/table-types.ts";

export const visitColumns: TableColumn<VisitRow>[] = [
  { key: "visited_on", header: "日期", width: 104, render: (visit) => visit.visited_on },
  { key: "form", header: "形式", width: 88, render: (visit) => visitForms[visit.form] },
  { key: "project", header: "项目", width: 230, render: (visit) => visit.projectName },
  { key: "person", header: "服务秘书", width: 90, render: (visit) => visit.personName },
  { key: "findings", header: "了解到的情况", width: 250, render: (visit) => visit.findings ?? "" },
  { key: "follow_up", header: "后续事项", width: 170, render: (visit) => visit.follow_up ?? "" },
  { key: "follow_state", header: "办理", width: 136, render: (visit) => followUpState(visit) },
  {
    key: "print",
    header: "记录表",
    screenOnly: true,
    width: 70,
    render: (visit) => (
      <Anchor
        size="sm"
        renderRoot={(props) => <Link to="/print" search={{ sheet: "visit", visitId: visit.id }} {...props} />}
      >
        打印
      </Anchor>
    ),
  },
  { key: "people_met", header: "会见人员", width: 150, render: (visit) => visit.people_met ?? "" },
  { key: "office", header: "管理单位", width: 110, render: (visit) => visit.officeName },
];
