import { Group, Select } from "@mantine/core";
import { issueViews, keysOf } from "#domain/values.ts";
import { IssueFilters } from "#renderer/pages/issues/issue-filters.tsx";
import { PaperChoice } from "./paper-choice.tsx";
import type { PrintSearch } from "./search.ts";

type Props = { search: PrintSearch; onChange: (next: PrintSearch) => void };

/** Paper, which of the lists, and which issues are on it. */
export function IssuesOptions({ search, onChange }: Props) {
  const { issueFilter = {}, issueSort, paper = "A4" } = search;
  const { view = "open" } = issueFilter;
  return (
    <>
      <Group gap={12} mb={8} style={{ flexShrink: 0 }}>
        <PaperChoice paper={paper} onChange={onChange} />
        <Select
          aria-label="清单"
          w={160}
          allowDeselect={false}
          data={keysOf(issueViews).map((value) => ({ value, label: issueViews[value] }))}
          value={view}
          onChange={(value) =>
            onChange({ issueFilter: { ...issueFilter, view: keysOf(issueViews).find((key) => key === value) } })
          }
        />
      </Group>
      <IssueFilters
        filter={{ ...issueFilter, sort: issueSort }}
        onChange={(next) => onChange({ issueFilter: { ...issueFilter, ...next } })}
        onClear={() => onChange({ issueFilter: { view } })}
      />
    </>
  );
}
