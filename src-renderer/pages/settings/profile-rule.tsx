import { Stack, Text } from "@mantine/core";
import { type LightDimension, lightDimensions, profileText } from "#domain/light-profiles.ts";
import { keysOf } from "#domain/values.ts";
import { LightBadge } from "#renderer/components/light-badge.tsx";

/** The words of the light rule that is being chosen, as its source has them. */
export function ProfileRule({ settingKey, profile }: { settingKey: string; profile: string }) {
  const dimension = keysOf(lightDimensions).find((each) => settingKey === `light.${each}`);
  const text = dimension && profileText(dimension satisfies LightDimension, profile);
  if (!text) return null;
  return (
    <Stack gap={4}>
      {(["green", "yellow", "red"] as const).map((light) => (
        <Text key={light} size="sm">
          <LightBadge light={light} />　{text[light]}
        </Text>
      ))}
      <Text size="xs" c="var(--text-quiet)">
        {text.note}。来源：{text.source}
      </Text>
    </Stack>
  );
}
