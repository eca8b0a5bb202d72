import { Group, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type PermitCondition, type PermitFilter, permitConditions } from "#contract/permits.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { labelOptions } from "#renderer/components/label-options.ts";
import { OfficeFilter } from "#renderer/components/office-filter.tsx";
import { ProjectInput } from "#renderer/components/reference-input.tsx";
import { PaperChoice } from "./paper-choice.tsx";
import type { PrintSearch } from "./search.ts";

type Props = { search: PrintSearch; onChange: (next: PrintSearch) => void };

/** One project's permits, or those of all projects that a condition names. */
export function PermitOptions({ search: { paper = "A4", projectId, permitFilter = {} }, onChange }: Props) {
  const { asOf } = useLightDate();
  const query = useQuery({
    ...api.projects.get.queryOptions({ input: { id: projectId ?? "", asOf } }),
    enabled: projectId !== undefined,
  });
  const page = query.data;
  const narrow = (next: PermitFilter) => onChange({ permitFilter: { ...permitFilter, ...next } });
  // The box is there as well when the project of the address is not: another one can be chosen.
  if (projectId !== undefined && query.isPending) return <Group mb={8} h={36} />;
  return (
    <Group mb={8} gap={12} style={{ flexShrink: 0 }}>
      <PaperChoice paper={paper} onChange={onChange} />
      <ProjectInput
        key={projectId}
        aria-label="项目"
        placeholder="选一个项目；不选即为各项目总表"
        w={280}
        clearable
        current={page && { value: page.project.id, label: page.project.name }}
        value={projectId ?? null}
        onChange={(id) => onChange({ projectId: id ?? undefined })}
      />
      {projectId === undefined && (
        <>
          <Select
            aria-label="范围"
            placeholder="全部项目"
            w={150}
            clearable
            data={labelOptions(permitConditions)}
            value={permitFilter.condition ?? null}
            onChange={(value) => narrow({ condition: (value as PermitCondition | null) ?? undefined })}
          />
          <OfficeFilter width={150} value={permitFilter.officeId} onChange={(officeId) => narrow({ officeId })} />
        </>
      )}
      <Text size="sm" c="var(--text-quiet)">
        逾期按 {asOf} 计算
      </Text>
    </Group>
  );
}
