/** The filter bar of the ledger. Every choice goes into the address at once. */
import { Button, Checkbox, Group, MultiSelect, Popover, Select, Stack, Text } from "@mantine/core";
import { IconFilter, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ProjectFilter } from "#contract/ledger.ts";
import { keysOf, lists, stages } from "#domain/values.ts";
import { useBooksOn, useLedgerQueries } from "#renderer/app/books-on.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { labelOptions } from "#renderer/components/label-options.ts";
import { LightChips } from "#renderer/components/light-chips.tsx";
import { LightRule } from "#renderer/components/light-rule.tsx";
import { OfficeFilter } from "#renderer/components/office-filter.tsx";
import { PersonInput } from "#renderer/components/reference-input.tsx";
import { SearchInput } from "#renderer/components/search-input.tsx";

type Props = { filter: ProjectFilter; onChange: (next: ProjectFilter) => void; onClear: () => void };

const switches = [
  { key: "incompleteOnly", label: "项目卡待补" },
  { key: "lacksSecretary", label: "应配未配服务秘书" },
  { key: "unvisitedOnly", label: "到期未走访" },
  { key: "openIssuesOnly", label: "有未解决问题" },
  { key: "archived", label: "已归档的项目" },
] as const;

export function ProjectFilters({ filter, onChange, onClear }: Props) {
  const booksOn = useBooksOn();
  const active = switches.filter(({ key }) => filter[key]);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Stack gap={8} mb={8} style={{ flexShrink: 0 }}>
      <Group gap={8}>
        <SearchInput
          label="搜索项目"
          placeholder="名称、项目单位、拼音首字母  /"
          value={filter.search ?? ""}
          onChange={(search) => onChange({ search: search || undefined })}
        />
        <OfficeFilter width={132} value={filter.officeId} onChange={(officeId) => onChange({ officeId })} />
        <MultiSelect
          aria-label="阶段"
          placeholder={filter.stages?.length ? undefined : "阶段"}
          w={filter.stages?.length ? undefined : 112}
          maw={300}
          clearable
          data={labelOptions(stages)}
          value={filter.stages ?? []}
          onChange={(chosen) => {
            const next = keysOf(stages).filter((stage) => chosen.includes(stage));
            onChange({ stages: next.length ? next : undefined });
          }}
        />
        <PersonInput
          secretariesOnly
          aria-label="服务秘书"
          placeholder="服务秘书"
          w={132}
          clearable
          value={filter.secretaryId ?? null}
          onChange={(secretaryId) => onChange({ secretaryId: secretaryId ?? undefined })}
        />
        <Select
          aria-label="所在清单"
          placeholder="所在清单"
          w={132}
          clearable
          data={labelOptions(lists)}
          value={filter.list ?? null}
          onChange={(list) => onChange({ list: keysOf(lists).find((key) => key === list) })}
        />
        <Popover position="bottom-start" withArrow trapFocus shadow="md">
          <Popover.Target>
            <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />}>
              更多{active.length > 0 && `（${active.length}）`}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap="xs">
              {switches.map(({ key, label }) => (
                <Checkbox
                  key={key}
                  label={label}
                  checked={filter[key] ?? false}
                  onChange={(event) => onChange({ [key]: event.currentTarget.checked || undefined })}
                />
              ))}
            </Stack>
          </Popover.Dropdown>
        </Popover>
      </Group>
      <Group gap={8} mih={28}>
        <FilterLights filter={filter} onChange={onChange} />
        {filter.ids && (
          <FilterPill label={`选定的 ${filter.ids.length} 个项目`} onRemove={() => onChange({ ids: undefined })} />
        )}
        {active.map(({ key, label }) => (
          <FilterPill key={key} label={label} onRemove={() => onChange({ [key]: undefined })} />
        ))}
        {isFiltered && (
          <Button variant="subtle" size="compact-sm" onClick={onClear}>
            清除条件
          </Button>
        )}
        {!booksOn && (
          <Text size="xs" c="var(--text-quiet)" component="div" ml="auto">
            <LightRule />
          </Text>
        )}
      </Group>
    </Stack>
  );
}

/** Counts over the filter without its own lights, so that every chip says what it would bring. */
function FilterLights({ filter, onChange }: Omit<Props, "onClear">) {
  const { asOf } = useLightDate();
  const { lights: chosen = [], ...rest } = filter;
  const { data } = useQuery({
    ...useLedgerQueries().lightCounts({ filter: rest, asOf }),
    placeholderData: (before) => before,
  });
  return (
    <LightChips
      counts={data}
      chosen={chosen}
      onChange={(lights) => onChange({ lights: lights.length ? lights : undefined })}
    />
  );
}

function FilterPill({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button
      size="compact-sm"
      variant="light"
      rightSection={<IconX size={14} aria-hidden />}
      onClick={onRemove}
      aria-label={`去掉条件：${label}`}
    >
      {label}
    </Button>
  );
}
