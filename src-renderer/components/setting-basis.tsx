import { Button, Popover, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { settingText } from "#domain/setting-text.ts";
import type { SettingKey } from "#domain/settings.ts";
import { api } from "#renderer/app/rpc.ts";

/** The settings that act in this place, with their sources one click away. */
export function SettingBasis({ keys }: { keys: readonly SettingKey[] }) {
  const { data = [] } = useQuery(api.settings.list.queryOptions());
  const shown = data.filter(({ key }) => keys.some((each) => each === key));
  return (
    <Popover withArrow shadow="md" width={460} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-xs">
          依据
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" mah="60vh" style={{ overflowY: "auto" }} tabIndex={0}>
          {shown.map((entry) => (
            <div key={entry.key}>
              <Text size="sm" fw={600}>
                {entry.label}：{settingText(entry)}
              </Text>
              <Text size="xs" c="var(--text-quiet)">
                {entry.source}
              </Text>
            </div>
          ))}
          <Text size="xs" c="var(--text-quiet)">
            由市级在“单位与设定”中调整，随同步包下发。
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
