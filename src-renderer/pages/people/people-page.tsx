import { Button } from "@mantine/core";
import { IconPlus, IconUserCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useShortcut } from "#renderer/app/shortcuts.ts";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { PageTabs } from "#renderer/components/page-tabs.tsx";
import { AssignDrawer, type AssignStart } from "./assign-drawer.tsx";
import { LackingProjects } from "./lacking-projects.tsx";
import { PersonDrawer } from "./person-drawer.tsx";
import { PersonEditor } from "./person-editor.tsx";
import { type PersonEntry, Roster } from "./roster.tsx";

const route = getRouteApi("/people");

export function PeoplePage() {
  const { tab = "roster", personId } = route.useSearch();
  const navigate = route.useNavigate();
  const { asOf } = useLightDate();
  const everyone = useQuery({
    ...api.people.list.queryOptions({ input: { includeArchived: true } }),
    enabled: personId !== undefined,
  }).data;
  const opened = everyone?.find(({ id }) => id === personId) ?? null;
  const open = useCallback(
    ({ id }: PersonEntry) => void navigate({ search: (before) => ({ ...before, personId: id }) }),
    [navigate],
  );
  const close = useCallback(
    () => void navigate({ search: (before) => ({ ...before, personId: undefined }), replace: true }),
    [navigate],
  );
  const [editing, setEditing] = useState<PersonEntry | "new" | null>(null);
  const [assigning, setAssigning] = useState<AssignStart | null>(null);
  const lacking = useQuery(api.workbench.summary.queryOptions({ input: { asOf } })).data?.lacksSecretaryTotal;
  const add = useCallback(() => setEditing("new"), []);
  useShortcut("n", "添加人员", add);
  return (
    <>
      <PageHeader title="人员与秘书">
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          添加人员
        </Button>
        <Button
          variant="default"
          leftSection={<IconUserCheck size={16} aria-hidden />}
          onClick={() => setAssigning({ projects: [] })}
        >
          安排服务秘书
        </Button>
      </PageHeader>
      <PageTabs
        label="人员与秘书"
        value={tab}
        onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
        tabs={[
          { value: "roster", label: "人员名册" },
          { value: "secretaries", label: "服务秘书" },
          { value: "lacking", label: "应配未配秘书的项目", count: lacking },
        ]}
      >
        {tab === "lacking" ? (
          <LackingProjects onAssign={(projects) => setAssigning({ projects })} />
        ) : (
          <Roster key={tab} secretariesOnly={tab === "secretaries"} onOpen={open} onAdd={add} />
        )}
      </PageTabs>
      <PersonDrawer
        person={opened}
        onClose={close}
        onEdit={(person) => {
          close();
          setEditing(person);
        }}
        onAssign={(person) => {
          close();
          setAssigning({ projects: [], personId: person.id });
        }}
      />
      <PersonEditor
        opened={editing !== null}
        person={editing === "new" ? undefined : (editing ?? undefined)}
        asSecretary={tab === "secretaries"}
        onClose={() => setEditing(null)}
      />
      <AssignDrawer start={assigning} onClose={() => setAssigning(null)} />
    </>
  );
}
