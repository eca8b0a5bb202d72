import { Alert, Stack } from "@mantine/core";
import type { OfficeEntry } from "#contract/office.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { completeGroups } from "#renderer/components/field-groups.ts";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";

type Props = { opened: boolean; entry?: OfficeEntry; onClose: () => void };

const groups = completeGroups("office", [
  { fields: ["name", "level", "kind", "parent_id", "division_code", "aliases", "valid_from", "valid_to"] },
]);

/** City only: one office of the tree. The tree goes down to every office with the next bundles. */
export function OfficeEditor({ opened, entry, onClose }: Props) {
  const { office } = useSession();
  const save = useWrite(client.offices.save, {
    done: "单位已保存，将随同步包下发。",
    onDone: onClose,
    inlineError: true,
  });
  return (
    <FormDrawer opened={opened} onClose={onClose} title={entry ? `修改单位：${entry.name}` : "新增单位"} size={620}>
      <Stack gap="sm">
        <Alert color="blue" p="xs">
          别名用“、”分开，导入表格时按名称或别名认出地区。停用单位请填停用日期，不要改作他用。
        </Alert>
        <RecordForm
          key={entry?.id ?? "new"}
          entity="office"
          groups={groups}
          initial={entry ?? { level: "street", kind: "street_office", parent_id: office.id }}
          isNew={!entry}
          pending={save.isPending}
          error={save.error}
          onSubmit={(values) => save.mutate({ id: entry?.id, values })}
          onCancel={onClose}
        />
      </Stack>
    </FormDrawer>
  );
}
