import { Text } from "@mantine/core";
import type { Row } from "#domain/registry.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { type FormValues, RecordForm } from "#renderer/components/record-form.tsx";

type Project = Pick<
  Row<"project">,
  "id" | "name" | "started_on" | "stats_state" | "stats_papers" | "stats_entered_on" | "stats_note"
>;
type Props = { project: Project | null; onClose: () => void };

const groups = [{ fields: ["stats_state", "stats_entered_on", "started_on", "stats_papers", "stats_note"] as const }];

/** The state of a project's statistics registration and the papers collected for it. */
export function StatsDrawer({ project, onClose }: Props) {
  const { today } = useSession();
  const save = useWrite(client.statsEntry.save, { done: "入统入库已更新。", onDone: onClose, inlineError: true });
  return (
    <FormDrawer opened={project !== null} onClose={onClose} title={`入统入库：${project?.name ?? ""}`} size={600}>
      {project && (
        <>
          <RecordForm
            key={project.id}
            entity="project"
            groups={groups}
            initial={project}
            pending={save.isPending}
            error={save.error}
            onSubmit={(values) => save.mutate({ projectId: project.id, values: dated(values, project, today) })}
            onCancel={onClose}
          />
          <Text size="xs" c="var(--text-quiet)" mt="xs">
            这里只记本单位的办理情况和材料，不是统计部门的正式数据。
          </Text>
        </>
      )}
    </FormDrawer>
  );
}

/** Entered without a day means today. */
function dated(values: FormValues, project: Project, today: string): FormValues {
  const lacksDay = (values.stats_entered_on ?? project.stats_entered_on) === null;
  return values.stats_state === "entered" && lacksDay ? { ...values, stats_entered_on: today } : values;
}
