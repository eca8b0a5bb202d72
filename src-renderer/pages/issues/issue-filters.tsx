import { Button, Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { issueCategories, issueLevels, issueSources, keysOf } from "#domain/values.ts";
import { api } from "#renderer/app/rpc.ts";
import { labelOptions } from "#renderer/components/label-options.ts";
import { OfficeFilter } from "#renderer/components/office-filter.tsx";
import { ProjectInput } from "#renderer/components/reference-input.tsx";
import { SearchInput } from "#renderer/components/search-input.tsx";
import type { IssuesSearch } from "./search.ts";

type Props = {
  filter: IssuesSearch;
  /** Name of the chosen project, where known. */
  projectName?: string;
  onChange: (next: IssuesSearch) => void;
  onClear: () => void;
};

/** The filter bar of every list of issues. Each choice goes into the address at once. */
export function IssueFilters({ filter, projectName = "", onChange, onClear }: Props) {
  const handlers = useQuery(api.issues.handlers.queryOptions()).data ?? [];
  const { view: _, id: __, sort: ___, ...conditions } = filter;
  const isFiltered = Object.values(conditions).some((value) => value !== undefined);
  return (
    <Group gap={8} mb={8} style={{ flexShrink: 0 }}>
      <SearchInput
        label="搜索问题"
        placeholder="问题、项目、拼音首字母  /"
        value={filter.search ?? ""}
        onChange={(search) => onChange({ search: search || undefined })}
      />
      <OfficeFilter width={126} value={filter.officeId} onChange={(officeId) => onChange({ officeId })} />
      <ProjectInput
        aria-label="项目"
        placeholder="项目"
        w={150}
        clearable
        current={filter.projectId ? { value: filter.projectId, label: projectName } : undefined}
        value={filter.projectId ?? null}
        onChange={(projectId) => onChange({ projectId: projectId ?? undefined })}
      />
      <Select
        aria-label="类别"
        placeholder="类别"
        w={120}
        clearable
        data={labelOptions(issueCategories)}
        value={filter.category ?? null}
        onChange={(value) => onChange({ category: keysOf(issueCategories).find((key) => key === value) })}
      />
      <Select
        aria-label="层级"
        placeholder="层级"
        w={118}
        clearable
        data={labelOptions(issueLevels)}
        value={filter.level ?? null}
        onChange={(value) => onChange({ level: keysOf(issueLevels).find((key) => key === value) })}
      />
      <Select
        aria-label="来源"
        placeholder="来源"
        w={106}
        clearable
        data={labelOptions(issueSources)}
        value={filter.source ?? null}
        onChange={(value) => onChange({ source: keysOf(issueSources).find((key) => key === value) })}
      />
      <Select
        aria-label="承办单位"
        placeholder="承办单位"
        w={124}
        clearable
        searchable
        nothingFoundMessage="没有这个承办单位"
        data={
          filter.handlerUnit && !handlers.includes(filter.handlerUnit) ? [filter.handlerUnit, ...handlers] : handlers
        }
        value={filter.handlerUnit ?? null}
        onChange={(handlerUnit) => onChange({ handlerUnit: handlerUnit ?? undefined })}
      />
      {isFiltered && (
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          清除条件
        </Button>
      )}
    </Group>
  );
}
