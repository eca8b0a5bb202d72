import { Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { ProjectInput } from "#renderer/components/reference-input.tsx";
import type { PrintSearch } from "./search.ts";

type Props = { projectId: string | undefined; onChange: (next: PrintSearch) => void };

/** Which project's card. */
export function CardOptions({ projectId, onChange }: Props) {
  const { asOf } = useLightDate();
  const query = useQuery({
    ...api.projects.get.queryOptions({ input: { id: projectId ?? "", asOf } }),
    enabled: projectId !== undefined,
  });
  const page = query.data;
  // The box is there as well when the project of the address is not: another one can be chosen.
  if (projectId !== undefined && query.isPending) return <Group mb={8} h={36} />;
  return (
    <Group mb={8} style={{ flexShrink: 0 }}>
      <ProjectInput
        key={projectId}
        aria-label="项目"
        w={460}
        current={page && { value: page.project.id, label: page.project.name }}
        value={projectId ?? null}
        onChange={(id) => onChange({ projectId: id ?? undefined })}
      />
    </Group>
  );
}
