import { SegmentedControl } from "@mantine/core";
import type { PrintSearch } from "./search.ts";

type Paper = NonNullable<PrintSearch["paper"]>;

export function PaperChoice({ paper, onChange }: { paper: Paper; onChange: (next: { paper: Paper }) => void }) {
  return (
    <SegmentedControl
      aria-label="纸张"
      size="xs"
      data={["A4", "A3"]}
      value={paper}
      onChange={(value) => onChange({ paper: value === "A3" ? "A3" : "A4" })}
    />
  );
}
