import { useNavigate } from "@tanstack/react-router";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";
import { useProjectGroups } from "#renderer/pages/project/use-project-groups.ts";

/** A new project; only its name is required, the rest may follow (待补). */
export function CreateProject({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { office } = useSession();
  const navigate = useNavigate();
  const groups = useProjectGroups();
  const create = useWrite(client.projects.create, {
    done: "项目已新建。",
    inlineError: true,
    onDone: ({ id }) => void navigate({ to: "/projects/$projectId", params: { projectId: id } }),
  });
  return (
    <FormDrawer opened={opened} onClose={onClose} title="新建项目" size={860}>
      <RecordForm
        entity="project"
        groups={groups}
        initial={{ office_id: office.id }}
        isNew
        submitLabel="新建"
        pending={create.isPending}
        error={create.error}
        onSubmit={(values) => create.mutate({ values: { office_id: office.id, ...values } })}
        onCancel={onClose}
      />
    </FormDrawer>
  );
}
