import { useQuery } from "@tanstack/react-query";
import { dalianWords } from "#domain/light.ts";
import { profileText } from "#domain/light-profiles.ts";
import { lightRules, settingKeys } from "#domain/settings.ts";
import { auditStates } from "#domain/values.ts";
import { api } from "#renderer/app/rpc.ts";
import { useSettings } from "#renderer/app/use-settings.ts";
import { SettingBasis } from "./setting-basis.tsx";

const lightKeys = settingKeys.filter((key) => key.startsWith("light."));

/** The thresholds that decide the lights now, in one line, with their sources one click away. */
export function LightRule() {
  const { data } = useQuery(api.settings.list.queryOptions());
  const rules = lightRules(useSettings());
  if (!data) return <span>&nbsp;</span>;
  const { red, yellow } = dalianWords(rules);
  const { node } = rules.profiles;
  const other = profileText("node", node);
  return (
    <span>
      {node !== "dalian" &&
        (other
          ? `按${other.label}：绿灯：${other.green}；黄灯：${other.yellow}；红灯：${other.red}。节点本身按大连规则：`
          : "项目不按节点亮灯。节点本身按大连规则：")}
      红灯：节点{red}；黄灯：节点{yellow}；自“{auditStates[rules.countsFrom]}”起算完成。{" "}
      <SettingBasis keys={lightKeys} />
    </span>
  );
}
