import { Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { Facts } from "#renderer/components/facts.tsx";
import { LightBadge } from "#renderer/components/light-badge.tsx";
import { ProjectLink } from "#renderer/components/project-link.tsx";
import type { PersonEntry } from "./roster.tsx";

type Props = {
  person: PersonEntry | null;
  onClose: () => void;
  onEdit: (person: PersonEntry) => void;
  onAssign: (person: PersonEntry) => void;
};

/** One person: facts, the projects served now, the way to the visits. */
export function PersonDrawer({ person, onClose, onEdit, onAssign }: Props) {
  return (
    <Drawer opened={person !== null} onClose={onClose} title={person?.name} size={560}>
      {person && (
        <Stack gap="md">
          <Facts
            items={[
              ["所在单位", person.officeName],
              ["职务", person.duty],
              ["联系电话", person.phone],
              [
                "服务秘书",
                person.is_secretary === 1 ? `是${person.secretary_unit ? `，${person.secretary_unit}` : ""}` : "否",
              ],
              ["走访", person.visitCount > 0 ? `${person.visitCount} 次，最近 ${person.lastVisitOn}` : "没有记录"],
              ["备注", person.note],
              ...(person.archived_on ? ([["停用日期", person.archived_on]] as const) : []),
            ]}
          />
          <Group gap="xs">
            <Button data-autofocus onClick={() => onEdit(person)}>
              修改
            </Button>
            {person.archived_on === null && (
              <Button variant="default" onClick={() => onAssign(person)}>
                安排到项目
              </Button>
            )}
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/visits" search={{ personId: person.id }} {...props} />}
            >
              查看走访
            </Button>
          </Group>
          <ServedProjects personId={person.id} count={person.projectCount} />
        </Stack>
      )}
    </Drawer>
  );
}

const SHOWN = 100;

function ServedProjects({ personId, count }: { personId: string; count: number }) {
  const { asOf } = useLightDate();
  const { data } = useQuery(
    api.projects.list.queryOptions({ input: { filter: { secretaryId: personId }, offset: 0, limit: SHOWN, asOf } }),
  );
  if (count === 0 && !data?.total) {
    return (
      <Text size="sm" c="var(--text-quiet)">
        现在没有安排服务项目。
      </Text>
    );
  }
  return (
    <section aria-label="服务项目">
      <Text size="sm" fw={600} mb={4}>
        服务项目（{data?.total ?? count}）
      </Text>
      <Stack gap={4}>
        {data?.rows.map((project) => (
          <Group key={project.id} gap="sm" wrap="nowrap">
            <LightBadge light={project.light} />
            <ProjectLink id={project.id} name={project.name} />
          </Group>
        ))}
      </Stack>
      {data && data.total > SHOWN && (
        <Button
          mt="xs"
          size="compact-sm"
          variant="subtle"
          renderRoot={(props) => <Link to="/projects" search={{ secretaryId: personId }} {...props} />}
        >
          在台账中看全部 {data.total} 个
        </Button>
      )}
    </section>
  );
}
