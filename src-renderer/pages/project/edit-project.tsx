import type { ProjectPage } from "#contract/ledger.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { type FormValues, RecordForm } from "#renderer/components/record-form.tsx";
import { useProjectGroups } from "./use-project-groups.ts";

type Props = { page: ProjectPage; opened: boolean; onClose: () => void };

export function EditProject({ page, opened, onClose }: Props) {
  const groups = useProjectGroups({ hasAnnualPlan: page.yearPlan.plan?.source === "plan" });
  const { today } = useSession();
  const update = useWrite(client.projects.update, { done: "项目已保存。", onDone: onClose, inlineError: true });
  return (
    <FormDrawer opened={opened} onClose={onClose} title="修改项目" size={860}>
      <RecordForm
        entity="project"
        groups={groups}
        initial={page.project}
        pending={update.isPending}
        error={update.error}
        onSubmit={(values) => update.mutate({ id: page.project.id, values: dated(values, today) })}
        onCancel={onClose}
      />
    </FormDrawer>
  );
}

/** The sheet prints the day beside 形象进度: a new one is of today, unless the clerk gives its day too. */
function dated(values: FormValues, today: string): FormValues {
  return values.image_progress && !("as_of" in values) ? { ...values, as_of: today } : values;
}
