import { Alert, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { TemplateEntry } from "#contract/templates.ts";
import type { TemplateKind } from "#domain/template.ts";
import { api } from "#renderer/app/rpc.ts";

/** Templates of one kind that can be used; `chosen(null)` is the first of them. */
export function useTemplates(kind: TemplateKind) {
  const { data } = useQuery(api.templates.list.queryOptions({ input: { kind } }));
  const usable = (data ?? []).filter(({ content }) => content !== null);
  return { usable, chosen: (id: string | null) => usable.find((each) => each.id === id) ?? usable[0] };
}

type Props = {
  templates: ReturnType<typeof useTemplates>;
  value: string | null;
  onChange: (id: string) => void;
};

/** Which template; an example of the program is marked as such. */
export function TemplateChoice({ templates, value, onChange }: Props) {
  const template = templates.chosen(value);
  return (
    <>
      <Select
        label="模板"
        data={templates.usable.map((each) => ({ value: each.id, label: labelOf(each) }))}
        value={template?.id ?? null}
        allowDeselect={false}
        onChange={(id) => id && onChange(id)}
      />
      {template?.isExample ? (
        <Alert color="yellow" p="xs">
          {template.source}。市级可在
          <Link to="/offices" search={{ tab: "templates" }}>
            “单位与设定—模板”
          </Link>
          复制后改成全市模板。
        </Alert>
      ) : (
        template?.source && (
          <Text size="xs" c="var(--text-quiet)">
            依据：{template.source}
          </Text>
        )
      )}
    </>
  );
}

function labelOf({ name, projectKind, isExample }: TemplateEntry): string {
  return `${name}${projectKind ? `（${projectKind}）` : ""}${isExample ? " · 本程序的示例" : ""}`;
}
