import { Text } from "@mantine/core";
import { issueDaysKey } from "#domain/issue-time.ts";
import { type IssueLevel, issueLevels } from "#domain/values.ts";
import { useSettings } from "#renderer/app/use-settings.ts";

/** Where a proposed deadline comes from, or why none is proposed. */
export function DeadlineSource({ level }: { level: IssueLevel }) {
  const days = useSettings()[issueDaysKey[level]];
  return (
    <Text size="xs" c="var(--text-quiet)">
      {days === null
        ? `文件要求限时解决，没有规定天数；市级还没有设定“${issueLevels[level]}”的办理期限，可以自行填写。`
        : `市级设定：${issueLevels[level]} ${days} 天（依据见“单位与设定—设定”），可以改。`}
    </Text>
  );
}
