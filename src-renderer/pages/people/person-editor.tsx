import { Button } from "@mantine/core";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { askConfirm } from "#renderer/components/confirm.tsx";
import { completeGroups } from "#renderer/components/field-groups.ts";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";
import type { PersonEntry } from "./roster.tsx";

type Props = {
  opened: boolean;
  /** The person to change; absent for a new one. */
  person?: PersonEntry;
  /** A new person starts as a secretary. */
  asSecretary: boolean;
  onClose: () => void;
};

const groups = completeGroups("person", [
  { fields: ["name", "office_id", "duty", "phone", "is_secretary", "secretary_unit", "note"] },
]);

export function PersonEditor({ opened, person, asSecretary, onClose }: Props) {
  const { office } = useSession();
  const save = useWrite(client.people.save, { done: "人员已保存。", onDone: onClose, inlineError: true });
  const archive = useWrite(client.people.archive, { done: "人员已停用。", onDone: onClose });
  const restore = useWrite(client.people.restore, { done: "人员已恢复。", onDone: onClose });
  const stop = (id: string, name: string) =>
    askConfirm({
      title: "停用人员",
      message: `“${name}”将不能再被选为经办人或服务秘书；以往的走访、分工和修改记录都保留，可以随时恢复。`,
      confirm: "停用",
      danger: true,
      onConfirm: () => archive.mutate({ id }),
    });
  return (
    <FormDrawer opened={opened} onClose={onClose} title={person ? `修改人员：${person.name}` : "添加人员"} size={620}>
      <RecordForm
        key={person?.id ?? "new"}
        entity="person"
        groups={groups}
        initial={person ?? { office_id: office.id, is_secretary: asSecretary ? 1 : 0 }}
        isNew={!person}
        pending={save.isPending}
        error={save.error}
        onSubmit={(values) => save.mutate({ id: person?.id, values })}
        onCancel={onClose}
      >
        {person &&
          (person.archived_on ? (
            <Button variant="default" loading={restore.isPending} onClick={() => restore.mutate({ id: person.id })}>
              恢复
            </Button>
          ) : (
            <Button
              variant="subtle"
              color="red"
              loading={archive.isPending}
              onClick={() => stop(person.id, person.name)}
            >
              停用
            </Button>
          ))}
      </RecordForm>
    </FormDrawer>
  );
}
