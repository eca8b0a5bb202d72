import { Group, Text, Tooltip } from "@mantine/core";
import { countText, type PermitCount, type PermitCounts } from "#domain/permit.ts";
import { type PermitGroup, sourceCounts } from "#domain/template.ts";
import { keysOf, permitGroups } from "#domain/values.ts";

/** 四证 3/4 · 12项要件 9/11 · 8项外部条件 未设定: each with where its members come from. */
export function PermitCountLine({ counts }: { counts: PermitCounts }) {
  return (
    <Group gap="md" mb="xs">
      {keysOf(permitGroups).map((group) => (
        <Tooltip key={group} label={originText(group, counts[group])} multiline maw={420} events={tooltipEvents}>
          <Text size="sm" tabIndex={0}>
            <Text span c="var(--text-quiet)">
              {permitGroups[group]}
            </Text>{" "}
            <b>{countText(counts[group])}</b>
            {!counts[group].isDefined && counts[group].total > 0 && (
              <Text span size="xs" c="var(--text-quiet)">
                {" "}
                （模板未规定成员）
              </Text>
            )}
            {counts[group].lacking.length > 0 && (
              <Text span size="xs" c="var(--light-yellow)" fw={600}>
                {" "}
                未建 {counts[group].lacking.length} 项
              </Text>
            )}
          </Text>
        </Tooltip>
      ))}
    </Group>
  );
}

const tooltipEvents = { hover: true, focus: true, touch: true };

function originText(group: PermitGroup, { total, isDefined, lacking }: PermitCount): string {
  const source = `公开报道只说有 ${sourceCounts[group]} 项，没有列出是哪些`;
  if (total === 0) return `${source}；模板没有规定成员，这个项目也没有归入的手续。`;
  if (!isDefined) return `${source}；模板没有规定成员，按本项目归入的 ${total} 项计算。`;
  return `${source}；按市级模板规定的成员计算。${lacking.length > 0 ? `还没有建立：${lacking.join("、")}。` : ""}`;
}
