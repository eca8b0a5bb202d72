import { type OptionsFilter, Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { searchKey, searchNeedle } from "#domain/pinyin.ts";
import { api } from "#renderer/app/rpc.ts";

export type ReferenceProps = Omit<SelectProps, "data" | "value" | "onChange"> & {
  value: string | null;
  onChange: (value: string | null) => void;
};

type Option = { value: string; label: string };
type FilterOptions = Parameters<OptionsFilter>[0]["options"];

/** Picks an office by Chinese name or pinyin initials. */
export function OfficeInput(props: ReferenceProps) {
  const { data } = useQuery(api.offices.list.queryOptions());
  const options = useMemo(
    () => data?.filter((office) => office.archived_on === null).map(({ id, name }) => ({ value: id, label: name })),
    [data],
  );
  return <NamedSelect {...props} options={options} />;
}

/** Picks a person; the office stands beside the name. */
export function PersonInput({ secretariesOnly, ...props }: ReferenceProps & { secretariesOnly?: boolean }) {
  const { data } = useQuery(api.people.list.queryOptions({ input: { secretariesOnly } }));
  const options = useMemo(
    () => data?.map((person) => ({ value: person.id, label: `${person.name}（${person.officeName}）` })),
    [data],
  );
  return <NamedSelect {...props} options={options} />;
}

type ProjectProps = ReferenceProps & { current?: Option; onPick?: (project: { id: string; name: string }) => void };

/** Picks a project; the core searches. `current` names the project already chosen. */
export function ProjectInput({ current, onPick, ...props }: ProjectProps) {
  const [search, setSearch] = useState("");
  const [needle] = useDebouncedValue(search, 120);
  const wanted = needle === current?.label ? "" : needle;
  const { data, isPlaceholderData } = useQuery({
    ...api.projects.find.queryOptions({ input: { search: wanted, limit: 30 } }),
    placeholderData: (before) => before,
  });
  const isBehind = isPlaceholderData || search !== needle;
  const found = (data ?? []).map((project) => ({
    value: project.id,
    label: `${project.name}（${project.officeName}）`,
  }));
  const options = current && !found.some((option) => option.value === current.value) ? [current, ...found] : found;
  return (
    <Select
      searchable
      placeholder="输入项目名称或拼音首字母"
      openOnFocus={false}
      {...props}
      onChange={(id) => {
        props.onChange(id);
        const picked = data?.find((project) => project.id === id);
        if (picked) onPick?.(picked);
      }}
      data={options}
      filter={({ options: all }) =>
        // Until the core has answered what is typed now, only what matches it may be picked from the old answer.
        isBehind && search !== current?.label ? matching(all, search) : all
      }
      searchValue={search}
      onSearchChange={setSearch}
    />
  );
}

function matching(options: FilterOptions, search: string): FilterOptions {
  return options.filter((option) => "label" in option && searchKey(option.label).includes(searchNeedle(search)));
}

function NamedSelect({ options = [], ...props }: ReferenceProps & { options?: Option[] }) {
  const keys = useMemo(() => new Map(options.map((option) => [option.value, searchKey(option.label)])), [options]);
  return (
    <Select
      searchable
      placeholder="输入名称或拼音首字母"
      openOnFocus={false}
      {...props}
      data={options}
      limit={60}
      filter={({ options: all, search }) => {
        const needle = searchNeedle(search);
        return all.filter((option) => "value" in option && (keys.get(String(option.value)) ?? "").includes(needle));
      }}
    />
  );
}
