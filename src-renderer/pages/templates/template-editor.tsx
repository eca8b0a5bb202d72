import { Alert, Button, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { TemplateEntry } from "#contract/templates.ts";
import type { PermitItem, ScheduleItem, TemplateKind } from "#domain/template.ts";
import { membersText, sourceText } from "#domain/template-text.ts";
import { templateKinds } from "#domain/values.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FormActions } from "#renderer/components/form-actions.tsx";
import { FormDrawer, useFormGuard } from "#renderer/components/form-drawer.tsx";
import { onCtrlEnter } from "#renderer/components/submit-form.tsx";
import type { Keyed } from "./item-list.tsx";
import { PermitItems } from "./permit-items.tsx";
import { ScheduleItems } from "./schedule-items.tsx";

/** What the editor is opened with: a template to change or read, or the start of a new one. */
export type Opened = { kind: TemplateKind; template?: TemplateEntry; isCopy?: boolean };

type Props = { opened: Opened | null; onClose: () => void; onCopy: (opened: Opened) => void };

/** One template. The city changes its own; an example, and every template elsewhere, is only read (and copied). */
export function TemplateEditor({ opened, onClose, onCopy }: Props) {
  const { office } = useSession();
  const { template, isCopy = false } = opened ?? {};
  const isOwn = office.level === "city" && (isCopy || !template || (!template.isExample && !template.archivedOn));
  const readOnly = !isOwn || (template !== undefined && template.content === null);
  const verb = !template || isCopy ? "新建" : readOnly ? "查看" : "修改";
  return (
    <FormDrawer
      opened={opened !== null}
      onClose={onClose}
      size={1080}
      title={opened ? `${verb}模板：${templateKinds[opened.kind]}` : ""}
    >
      {opened && (
        <TemplateForm
          key={`${template?.id ?? "new"} ${isCopy}`}
          opened={opened}
          readOnly={readOnly}
          onClose={onClose}
          onCopy={office.level === "city" ? onCopy : undefined}
        />
      )}
    </FormDrawer>
  );
}

type Items = { permits: Keyed<PermitItem>[]; schedule: Keyed<ScheduleItem>[] };

let lastKey = 0;
const nextKey = () => {
  lastKey += 1;
  return lastKey;
};
const keyed = <T,>(item: T): Keyed<T> => ({ ...item, key: nextKey() });
const freshPermit = () => keyed<PermitItem>({ name: "", groups: [], authority: "", note: "" });
const freshNode = () =>
  keyed<ScheduleItem>({ name: "", responsibleUnit: "", daysBefore: null, after: null, duration: null });

function itemsOf({ kind, template }: Opened): Items {
  const content = template?.content;
  return {
    permits: content?.kind === "permits" ? content.items.map(keyed) : kind === "permits" ? [freshPermit()] : [],
    schedule: content?.kind === "schedule" ? content.items.map(keyed) : kind === "schedule" ? [freshNode()] : [],
  };
}

type FormProps = { opened: Opened; readOnly: boolean; onClose: () => void; onCopy?: (opened: Opened) => void };

function TemplateForm({ opened, readOnly, onClose, onCopy }: FormProps) {
  const { kind, template, isCopy = false } = opened;
  const [start] = useState(() => ({
    head: {
      name: isCopy && template ? template.name.replace(/^示例：/, "") : (template?.name ?? ""),
      projectKind: template?.projectKind ?? "",
      source: isCopy && template?.isExample ? "" : (template?.source ?? ""),
    },
    items: itemsOf(opened),
  }));
  const [head, setHead] = useState(start.head);
  const [items, setItems] = useState(start.items);
  const isDirty = head !== start.head || items !== start.items;
  const guardedClose = useFormGuard(isDirty && !readOnly);
  const save = useWrite(client.templates.save, {
    done: "模板已保存，将随同步包下发。",
    onDone: onClose,
    inlineError: true,
  });
  const named = items[kind].filter(({ name }) => name.trim() !== "");
  const canSave = head.name.trim() !== "" && named.length > 0 && (isDirty || isCopy);
  const submit = () => {
    if (readOnly || save.isPending || !canSave) return;
    save.mutate({
      id: isCopy ? undefined : template?.id,
      kind,
      ...head,
      items: named.map(({ key: _, ...item }) => item),
    });
  };
  const text = (name: keyof typeof head, label: string, max: number, placeholder?: string) => (
    <TextInput
      label={label}
      required={name === "name"}
      placeholder={placeholder}
      data-autofocus={name === "name" || undefined}
      maxLength={max}
      value={head[name]}
      onChange={(event) => setHead({ ...head, [name]: event.currentTarget.value })}
    />
  );
  return (
    <form noValidate onSubmit={(event: FormEvent) => event.preventDefault()} onKeyDown={onCtrlEnter(submit)}>
      <Stack gap="sm">
        {isCopy && template?.isExample && (
          <Alert color="yellow" p="xs">
            示例中的名称见于公开材料，但哪些属于“四证”“12项要件”“8项外部条件”、各要多少天都没有文件规定，请按本市规定补充并写明依据。
          </Alert>
        )}
        {readOnly && template ? (
          <Text size="sm">
            <b>{template.name}</b>
            {template.projectKind && `（适用：${template.projectKind}）`}　{membersText(template.content)}。依据：
            {sourceText(template.source)}
          </Text>
        ) : (
          <SimpleGrid cols={3} spacing="md">
            {text("name", "模板名称", 80, "如 工业项目开工前手续")}
            {text("projectKind", "适用项目", 80, "如 工业、基础设施")}
            {text("source", "依据", 400, "文件名称和文号；自定的请写明")}
          </SimpleGrid>
        )}
        {kind === "permits" ? (
          <PermitItems
            items={items.permits}
            onChange={(permits) => setItems({ ...items, permits })}
            fresh={freshPermit}
            readOnly={readOnly}
          />
        ) : (
          <ScheduleItems
            items={items.schedule}
            onChange={(schedule) => setItems({ ...items, schedule })}
            fresh={freshNode}
            readOnly={readOnly}
          />
        )}
        {!readOnly && (
          <Text size="xs" c="var(--text-quiet)">
            在一行里按 Alt+↑、Alt+↓ 调整顺序，在名称里按 Enter 在下面加一项，Ctrl+Enter 保存。名称空着的行不保存。
          </Text>
        )}
        <FormActions>
          <Stack gap="xs">
            <FailureAlert error={save.error} />
            <Group gap="xs">
              {!readOnly && (
                <Button loading={save.isPending} disabled={!canSave} onClick={submit}>
                  保存
                </Button>
              )}
              {readOnly && onCopy && template?.content && (
                <Button onClick={() => onCopy({ kind, template, isCopy: true })}>复制为新模板</Button>
              )}
              <Button variant="default" onClick={guardedClose ?? onClose}>
                {readOnly ? "关闭" : "取消"}
              </Button>
            </Group>
          </Stack>
        </FormActions>
      </Stack>
    </form>
  );
}
