import { Stack, Text } from "@mantine/core";
import type { PermitRow } from "#contract/permits.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";
import { redoGroups } from "./permit-fields.ts";

/** 手续重做: a new permit begins, the old one stays as it is. */
export function RedoPermit({ permit, onClose }: { permit: PermitRow | null; onClose: () => void }) {
  const redo = useWrite(client.permits.redo, {
    done: "已开始重做，原来的一条作为历史保留。",
    onDone: onClose,
    inlineError: true,
  });
  return (
    <FormDrawer opened={permit !== null} onClose={onClose} title={permit ? `重做：${permit.name}` : ""} size={620}>
      {permit && (
        <Stack gap="sm">
          <Text size="sm" c="var(--text-quiet)">
            原来的办理情况（{permit.certificate_no ? `证号 ${permit.certificate_no}` : "没有证号"}
            {permit.actual_on ? `，${permit.actual_on} 办结` : ""}）原样保留；计数和提醒从此按重做的一条。
          </Text>
          <RecordForm
            key={permit.id}
            entity="permit"
            groups={redoGroups}
            initial={{ authority: permit.authority }}
            isNew
            submitLabel="开始重做"
            pending={redo.isPending}
            error={redo.error}
            onSubmit={(values) => redo.mutate({ id: permit.id, values })}
            onCancel={onClose}
          />
        </Stack>
      )}
    </FormDrawer>
  );
}
