import { CloseButton, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Written } from "#contract/base.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { type FormValues, RecordForm } from "#renderer/components/record-form.tsx";
import { assignmentGroups } from "./assignment-fields.ts";
import classes from "./people.module.css";
import { ProjectAdder } from "./project-adder.tsx";

type NamedProject = { id: string; name: string };
export type AssignStart = { projects: NamedProject[]; personId?: string };

/** Assigns one secretary to one or many projects, in one change set. */
export function AssignDrawer({ start, onClose }: { start: AssignStart | null; onClose: () => void }) {
  return (
    <FormDrawer opened={start !== null} onClose={onClose} title="安排服务秘书" size={600}>
      {start && <AssignForm start={start} onClose={onClose} />}
    </FormDrawer>
  );
}

function AssignForm({ start, onClose }: { start: AssignStart; onClose: () => void }) {
  const { today } = useSession();
  const [projects, setProjects] = useState(start.projects);
  const [isMissing, setMissing] = useState(false);
  const assign = useWrite<Written, { projectIds: string[]; values: FormValues }>(client.assignments.assign, {
    done: (_, { projectIds }) => `已为 ${projectIds.length} 个项目安排服务秘书。`,
    onDone: onClose,
    inlineError: true,
  });
  const remove = (id: string) => setProjects((before) => before.filter((project) => project.id !== id));
  return (
    <Stack gap="sm">
      <ProjectAdder
        label={`项目（${projects.length}）`}
        error={isMissing && projects.length === 0 ? "请至少选一个项目" : undefined}
        onAdd={(project) =>
          setProjects((before) => (before.some(({ id }) => id === project.id) ? before : [...before, project]))
        }
      />
      {projects.length > 0 && (
        <ul className={classes.chosen} aria-label="已选项目">
          {projects.map((project) => (
            <li key={project.id}>
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm" truncate title={project.name}>
                  {project.name}
                </Text>
                <CloseButton size="sm" aria-label={`去掉${project.name}`} onClick={() => remove(project.id)} />
              </Group>
            </li>
          ))}
        </ul>
      )}
      <RecordForm
        entity="assignment"
        groups={assignmentGroups}
        initial={{ role: "lead", from_on: today, person_id: start.personId }}
        isNew
        submitLabel="安排"
        pending={assign.isPending}
        error={assign.error}
        onSubmit={(values) => {
          setMissing(true);
          if (projects.length > 0) assign.mutate({ projectIds: projects.map(({ id }) => id), values });
        }}
        onCancel={onClose}
      />
    </Stack>
  );
}
