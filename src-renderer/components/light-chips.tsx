import { Group } from "@mantine/core";
import { keysOf, type Light, lights } from "#domain/values.ts";
import { Chip } from "./chip.tsx";
import { LightBadge } from "./light-badge.tsx";

type Props = {
  /** Undefined while they are read. */
  counts: Record<Light, number> | undefined;
  /** Lights shown; none chosen means all. */
  chosen: readonly Light[];
  onChange: (chosen: Light[]) => void;
};

/** One toggle per light with its count. */
export function LightChips({ counts, chosen, onChange }: Props) {
  const toggle = (light: Light) =>
    onChange(chosen.includes(light) ? chosen.filter((each) => each !== light) : [...chosen, light]);
  return (
    <Group gap={8} wrap="nowrap">
      {keysOf(lights).map((light) => (
        <Chip key={light} isPressed={chosen.includes(light)} onClick={() => toggle(light)}>
          <LightBadge light={light} count={counts?.[light]} />
        </Chip>
      ))}
    </Group>
  );
}
