import { Group, SegmentedControl, Text } from "@mantine/core";
import type { PrintSearch } from "./search.ts";

type Props = { paper: PrintSearch["paper"]; onChange: (next: PrintSearch) => void };

/** Paper of a list; what it shows was chosen where it came from. */
export function PaperChoice({ paper = "A4", onChange }: Props) {
  return (
    <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
      <SegmentedControl
        aria-label="纸张"
        size="xs"
        data={["A4", "A3"]}
        value={paper}
        onChange={(value) => onChange({ paper: value === "A3" ? "A3" : "A4" })}
      />
      <Text size="sm" c="var(--text-quiet)">
        横向，列和筛选与刚才看到的一样；要改，请返回列表调整。
      </Text>
    </Group>
  );
}
