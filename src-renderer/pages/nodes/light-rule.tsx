import { Button, Popover, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { profileText } from "#domain/light-profiles.ts";
import { settingLabels } from "#domain/settings.ts";
import { auditStates } from "#domain/values.ts";
import { api } from "#renderer/app/rpc.ts";
import { useSettings } from "#renderer/app/use-settings.ts";

/** The thresholds that decide the lights now, in one line, with their sources one click away. */
export function LightRule() {
  const { data } = useQuery(api.settings.list.queryOptions());
  const settings = useSettings();
  if (!data) return <span>&nbsp;</span>;
  const redAfter = settings["light.redAfterDays"];
  const nodeRule = profileText("node", settings["light.node"]);
  const sources = data.filter(({ key }) => key.startsWith("light."));
  return (
    <span>
      {settings["light.node"] !== "dalian" &&
        (nodeRule
          ? `按${nodeRule.label}：绿灯：${nodeRule.green}；黄灯：${nodeRule.yellow}；红灯：${nodeRule.red}。节点本身按大连规则：`
          : "项目不按节点亮灯。节点本身按大连规则：")}
      红灯：{redAfter === 0 ? "过了计划日期" : `超过计划日期 ${redAfter} 天`}仍未完成；黄灯：计划日期前{" "}
      {settings["light.yellowDaysBefore"]} 天内仍未完成，或晚于计划完成；自“{auditStates[settings["light.countsFrom"]]}
      ”起算完成。{" "}
      <Popover withArrow shadow="md" width={460} trapFocus returnFocus>
        <Popover.Target>
          <Button variant="subtle" size="compact-xs">
            依据
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="xs" mah="60vh" style={{ overflowY: "auto" }} tabIndex={0}>
            {sources.map(({ key, label, value, unit, source }) => (
              <div key={key}>
                <Text size="sm" fw={600}>
                  {label}：{wordOf(key, value)} {value !== null && unit}
                </Text>
                <Text size="xs" c="var(--text-quiet)">
                  {source}
                </Text>
              </div>
            ))}
            <Text size="xs" c="var(--text-quiet)">
              由市级在“单位与设定”中调整，随同步包下发。
            </Text>
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </span>
  );
}

function wordOf(key: string, value: unknown): string {
  if (value === null) return "未设定";
  return (settingLabels(key) ?? (auditStates as Record<string, string>))[String(value)] ?? String(value);
}
