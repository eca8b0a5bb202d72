import { Alert, Stack, Text } from "@mantine/core";
import type { PermitRow } from "#contract/permits.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { AttachmentPanel } from "#renderer/components/attachments/attachment-panel.tsx";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";
import { RemoveButton } from "#renderer/components/remove-button.tsx";
import { permitGroups, redoneGroups, templatePermitGroups } from "./permit-fields.ts";

type Props = {
  opened: boolean;
  onClose: () => void;
  projectId: string;
  /** The permit to change; absent for a new one. */
  permit?: PermitRow;
};

/** One permit: its plan and handling, missing papers, certificate photos. */
export function PermitEditor({ opened, onClose, projectId, permit }: Props) {
  const save = useWrite(client.permits.save, { done: "手续已保存。", onDone: onClose, inlineError: true });
  const archive = useWrite(client.permits.archive, { done: "手续已删除。", onDone: onClose });
  return (
    <FormDrawer opened={opened} onClose={onClose} title={permit ? `手续：${permit.name}` : "登记手续"} size={720}>
      <Stack>
        {permit?.templateName && (
          <Text size="xs" c="var(--text-quiet)">
            来自模板“{permit.templateName}”，名称随模板，不能修改。
          </Text>
        )}
        {permit?.redo_of && (
          <Alert color="blue" p="xs">
            这是重做的手续，原来的一条作为历史保留。
          </Alert>
        )}
        <RecordForm
          key={permit?.id ?? "new"}
          entity="permit"
          groups={groupsFor(permit)}
          initial={permit ?? {}}
          isNew={!permit}
          pending={save.isPending}
          error={save.error}
          onSubmit={(values) => save.mutate({ id: permit?.id, projectId, values })}
          onCancel={onClose}
        >
          {permit && (
            <RemoveButton
              title="删除手续"
              message={`“${permit.name}”将不再计入办理情况${permit.redo_of ? "，重做前的一条重新算作现行" : ""}，修改记录仍保留。删除后可以马上撤销。`}
              label="删除手续"
              pending={archive.isPending}
              onRemove={() => archive.mutate({ id: permit.id })}
            />
          )}
        </RecordForm>
        {permit && (
          <AttachmentPanel
            subject={{ permitId: permit.id }}
            label="证照和材料"
            hint="还没有证照。可以把批复、许可证的照片或扫描件放在这里。"
            day={permit.actual_on}
          />
        )}
      </Stack>
    </FormDrawer>
  );
}

function groupsFor(permit: PermitRow | undefined) {
  if (permit?.redo_of) return redoneGroups;
  return permit?.template_id ? templatePermitGroups : permitGroups;
}
