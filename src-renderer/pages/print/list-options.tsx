import { Group, Text } from "@mantine/core";
import { PaperChoice } from "./paper-choice.tsx";
import type { PrintSearch } from "./search.ts";

type Props = { paper: PrintSearch["paper"]; onChange: (next: PrintSearch) => void };

/** Paper of a list; what it shows was chosen where it came from. */
export function ListOptions({ paper = "A4", onChange }: Props) {
  return (
    <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
      <PaperChoice paper={paper} onChange={onChange} />
      <Text size="sm" c="var(--text-quiet)">
        横向，列和筛选与刚才看到的一样；要改，请返回列表调整。
      </Text>
    </Group>
  );
}
