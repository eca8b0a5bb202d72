import { Badge, Button, Checkbox, Group, Modal, ScrollArea, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ProjectPermits } from "#contract/permits.ts";
import { lackingItems } from "#domain/permit.ts";
import type { PermitItem } from "#domain/template.ts";
import { permitGroups } from "#domain/values.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { TemplateChoice, useTemplates } from "#renderer/pages/templates/template-choice.tsx";

type Props = { opened: boolean; onClose: () => void; projectId: string; permits: ProjectPermits };

/** Makes a project's permits from a template: first what would be added, then all of it in one act. */
export function FromTemplate({ opened, onClose, projectId, permits }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="按模板建立手续" size={680}>
      {opened && <Choice onClose={onClose} projectId={projectId} permits={permits} />}
    </Modal>
  );
}

function Choice({ onClose, projectId, permits }: Omit<Props, "opened">) {
  const templates = useTemplates("permits");
  const [templateId, setTemplateId] = useState<string | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const make = useWrite(client.permits.fromTemplate, {
    done: (_, { names }) => `已建立 ${names.length} 项手续。`,
    onDone: onClose,
    inlineError: true,
  });
  const template = templates.chosen(templateId);
  const items = template?.content?.kind === "permits" ? template.content.items : [];
  const present = permits.lines.map(({ permit }) => permit);
  const lacking = lackingItems(items, present);
  const wanted = lacking.filter(({ name }) => !left.has(name));
  const isEmpty = wanted.length === 0 || !template;
  return (
    <Stack gap="sm">
      <TemplateChoice
        templates={templates}
        value={templateId}
        onChange={(id) => {
          setTemplateId(id);
          setLeft(new Set());
        }}
      />
      <ScrollArea.Autosize mah="50vh">
        <Stack gap={6}>
          {items.map((item) => (
            <ItemLine
              key={item.name}
              item={item}
              isPresent={!lacking.includes(item)}
              isWanted={wanted.includes(item)}
              onToggle={() => setLeft(toggled(left, item.name))}
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
      {template && lacking.length === 0 && <Text size="sm">模板里的手续这个项目都已经有了。</Text>}
      <FailureAlert error={make.error} />
      <Group>
        <Button
          data-autofocus={!isEmpty || undefined}
          disabled={isEmpty}
          loading={make.isPending}
          onClick={() =>
            template && make.mutate({ projectId, templateId: template.id, names: wanted.map(({ name }) => name) })
          }
        >
          {wanted.length > 0 ? `建立 ${wanted.length} 项手续` : "建立手续"}
        </Button>
        <Button data-autofocus={isEmpty || undefined} variant="default" onClick={onClose}>
          取消
        </Button>
      </Group>
    </Stack>
  );
}

type LineProps = { item: PermitItem; isPresent: boolean; isWanted: boolean; onToggle: () => void };

function ItemLine({ item, isPresent, isWanted, onToggle }: LineProps) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Checkbox
        label={item.name}
        description={[item.authority, item.note].filter(Boolean).join("，") || undefined}
        checked={isPresent || isWanted}
        disabled={isPresent}
        onChange={onToggle}
      />
      <Group gap={4} wrap="nowrap" style={{ flexShrink: 0 }}>
        {item.groups.map((group) => (
          <Badge key={group} variant="light">
            {permitGroups[group]}
          </Badge>
        ))}
        {isPresent && <Badge color="gray">已有</Badge>}
      </Group>
    </Group>
  );
}

function toggled(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return names.has(name) ? new Set([...names].filter((each) => each !== name)) : new Set([...names, name]);
}
