import { Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import type { PrintSearch } from "./search.ts";

type Props = { issueId: string | undefined; onChange: (next: PrintSearch) => void };

/** Which of the issues on the board. */
export function SupervisionOptions({ issueId, onChange }: Props) {
  const { asOf } = useLightDate();
  const { data } = useQuery(
    api.issues.list.queryOptions({ input: { filter: { view: "supervised" }, offset: 0, limit: 500, asOf } }),
  );
  const options = (data?.rows ?? []).map(({ id, title, projectName }) => ({
    value: id,
    label: `${title}（${projectName}）`,
  }));
  const isListed = options.some(({ value }) => value === issueId);
  return (
    <Group mb={8} style={{ flexShrink: 0 }}>
      <Select
        aria-label="督办的问题"
        placeholder={data?.total === 0 ? "没有挂牌督办的问题" : "选择一个督办的问题"}
        searchable
        w={520}
        data={issueId && !isListed ? [{ value: issueId, label: "已选定的问题" }, ...options] : options}
        value={issueId ?? null}
        onChange={(id) => onChange({ issueId: id ?? undefined })}
      />
    </Group>
  );
}
