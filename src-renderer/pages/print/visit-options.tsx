import { Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { visitForms } from "#domain/values.ts";
import { api } from "#renderer/app/rpc.ts";
import { ProjectInput } from "#renderer/components/reference-input.tsx";
import type { PrintSearch } from "./search.ts";

type Props = { search: PrintSearch; onChange: (next: PrintSearch) => void };

/** Which visit: of the chosen project, or among the newest of all. */
export function VisitOptions({ search: { projectId, visitId }, onChange }: Props) {
  const { data } = useQuery({
    ...api.visits.list.queryOptions({ input: { projectId, offset: 0, limit: 200 } }),
    placeholderData: (before) => before,
  });
  const options = (data?.rows ?? []).map((visit) => ({
    value: visit.id,
    label: `${visit.visited_on} ${visitForms[visit.form]} ${visit.projectName}（${visit.personName}）`,
  }));
  const isListed = options.some(({ value }) => value === visitId);
  return (
    <Group mb={8} gap={8} style={{ flexShrink: 0 }}>
      <ProjectInput
        aria-label="项目"
        placeholder="先按项目找（可不选）"
        w={300}
        clearable
        value={projectId ?? null}
        onChange={(id) => onChange({ projectId: id ?? undefined, visitId: undefined })}
      />
      <Select
        aria-label="走访记录"
        placeholder="选择一次走访"
        searchable
        w={520}
        data={visitId && !isListed ? [{ value: visitId, label: "已选定的走访" }, ...options] : options}
        value={visitId ?? null}
        onChange={(id) => onChange({ visitId: id ?? undefined })}
      />
    </Group>
  );
}
