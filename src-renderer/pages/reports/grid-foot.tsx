import { Button, Text } from "@mantine/core";
import { groupedMoney } from "#domain/money.ts";
import classes from "./reports.module.css";
import type { Entry } from "./use-entries.ts";
import type { MonthActs } from "./use-month-acts.ts";

const KEYS = "Enter 向下 · Tab 向右 · F2 修改 · Ctrl+D 填充 · Ctrl+C/V 互贴 Excel · Ctrl+Z 撤销 · Esc 后 Tab 离开";

type Props = {
  summary: { total: number; planned: number; completed: number } | undefined;
  unsaved: readonly Entry[];
  acts: MonthActs;
  onShowOnly: (projectIds: string[]) => void;
};

/** Sums of the month; at the right what is not saved yet, or else the keys. */
export function GridFoot({ summary, unsaved, acts, onShowOnly }: Props) {
  const bad = unsaved.filter(({ problem }) => problem !== "").length;
  return (
    <div className={classes.foot}>
      <span>
        共 <b>{summary?.total.toLocaleString("zh-CN") ?? "…"}</b> 个项目
      </span>
      <span>
        本月计划 <b>{summary ? groupedMoney(summary.planned, "万元") : "…"}</b> 万元
      </span>
      <span>
        完成 <b>{summary ? groupedMoney(summary.completed, "万元") : "…"}</b> 万元
      </span>
      {unsaved.length === 0 ? (
        <Text size="xs" c="var(--text-quiet)" ml="auto" truncate title={KEYS}>
          {KEYS}
        </Text>
      ) : (
        <div className={classes.unsaved}>
          <Text size="sm" fw={600} c={bad > 0 ? "var(--light-red)" : undefined} role="status">
            {bad > 0 ? `▲ ${bad} 格不正确，全部改正后才能保存` : `${unsaved.length} 格还没有保存（蓝角）`}
          </Text>
          {bad > 0 && (
            <Button size="compact-xs" variant="default" onClick={acts.dropBad}>
              去掉不正确的
            </Button>
          )}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onShowOnly([...new Set(unsaved.map(({ projectId }) => projectId))])}
          >
            只看未保存的行
          </Button>
          <Button size="compact-xs" variant="subtle" color="red" onClick={acts.discard}>
            全部放弃
          </Button>
        </div>
      )}
    </div>
  );
}
