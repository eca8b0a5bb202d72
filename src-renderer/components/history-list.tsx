import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import type { FieldChange, History } from "#contract/base.ts";
import { EmptyState } from "./empty-state.tsx";
import classes from "./history-list.module.css";
import { ProjectLink } from "./project-link.tsx";
import { MOST, STEP } from "./use-history-length.ts";

type Props = {
  history: History;
  /** Asks for as many entries; see `useHistoryLength`. */
  onLonger: () => void;
  /** Each entry leads to its project's page. */
  linkProjects?: boolean;
};

/** Changes, newest first: what, from what to what, who, where, when. */
export function HistoryList({ history: { entries, total }, onLonger, linkProjects = false }: Props) {
  if (entries.length === 0)
    return <EmptyState title="还没有修改记录" next="本单位的每次保存和同步包带来的修改都会列在这里。" />;
  return (
    <Stack gap="xs">
      {entries.map((entry) => (
        <Paper key={`${entry.changeSet}-${entry.recordId}`} withBorder p="xs">
          <Group justify="space-between" gap="xs">
            <Group gap="xs">
              <Badge color={entry.created ? "teal" : "gray"}>
                {entry.created ? `新增${entry.entityLabel}` : entry.entityLabel}
              </Badge>
              <Text size="sm" fw={600}>
                {entry.title}
              </Text>
              <Text size="sm" c="var(--text-quiet)">
                {entry.action}
              </Text>
              {linkProjects && entry.projectId && <ProjectLink id={entry.projectId} name="看项目" />}
            </Group>
            <Text size="sm" c="var(--text-quiet)">
              {entry.person}（{entry.office}）{entry.at}
              {entry.clockSuspect && "（当时的电脑时钟可能不准）"}
            </Text>
          </Group>
          <Changes changes={entry.changes} />
        </Paper>
      ))}
      {entries.length < Math.min(total, MOST) && (
        <Button variant="default" onClick={onLonger}>
          再列 {Math.min(STEP, total - entries.length)} 条（共 {total.toLocaleString("zh-CN")} 条）
        </Button>
      )}
      {entries.length >= MOST && total > MOST && (
        <Text size="sm" c="var(--text-quiet)">
          共 {total.toLocaleString("zh-CN")} 条，这里列出 {entries.length.toLocaleString("zh-CN")} 条。
        </Text>
      )}
    </Stack>
  );
}

function Changes({ changes }: { changes: readonly FieldChange[] }) {
  if (changes.length === 0) return null;
  return (
    <dl className={classes.changes}>
      {changes.map((change) => (
        <div key={change.field} className={classes.change}>
          <dt>{change.label}</dt>
          <dd>
            {change.before && (
              <>
                <del>{change.before}</del> →{" "}
              </>
            )}
            {change.after ? <ins>{change.after}</ins> : <em>（清空）</em>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
