import { Box } from "@mantine/core";
import type { ReportRow } from "#contract/monthly-reports.ts";
import type { GridColumn } from "#renderer/components/sheet-grid/grid-types.ts";
import classes from "./reports.module.css";

type Props = { row: ReportRow | undefined; column: GridColumn<ReportRow> | undefined };

/** The active cell in full, and what is to be known of it: why it is wrong, locked or came back. */
export function CellDetail({ row, column }: Props) {
  const problem = (row && column?.mark?.(row)?.problem) ?? "";
  const notes = row ? notesOf(row) : [];
  return (
    <Box className={classes.detail} component="section" aria-label="所选格子" aria-live="polite" tabIndex={0}>
      <div style={{ minWidth: 0 }}>
        <div className={classes.detailName} title={row?.projectName}>
          {row?.projectName}
        </div>
        <div className={classes.quiet}>{column?.header}</div>
      </div>
      <div className={classes.detailText}>
        {problem && <div className={classes.problem}>▲ {problem}</div>}
        {row && column && column.key !== "name" && column.key !== "state" && <div>{column.text(row)}</div>}
        {notes.map((note) => (
          <div key={note} className={classes.quiet}>
            {note}
          </div>
        ))}
      </div>
    </Box>
  );
}

function notesOf(row: ReportRow): string[] {
  const { lockedReason, report_state, review_note, reviewed_on, submitted_on, previousProgress } = row;
  return [
    report_state === "returned" ? `${reviewed_on ?? ""} 退回：${review_note ?? "未写原因"}` : "",
    report_state === "submitted" ? `${submitted_on ?? ""} 上报` : "",
    report_state === "approved" ? `${reviewed_on ?? ""} 审核通过` : "",
    lockedReason,
    row.planned_progress ? `本月计划形象进度：${row.planned_progress}` : "",
    lockedReason === "" && previousProgress ? `上月形象进度：${previousProgress}` : "",
  ].filter((note) => note !== "");
}
