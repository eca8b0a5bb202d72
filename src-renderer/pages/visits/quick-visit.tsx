import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useShortcut } from "#renderer/app/shortcuts.ts";
import { VisitEditor } from "./visit-editor.tsx";

/** The key v records a visit from anywhere; on a project's page that project is already chosen. */
export function QuickVisit() {
  const [opened, setOpened] = useState(false);
  useShortcut(
    "v",
    "记录走访",
    useCallback(() => setOpened(true), []),
  );
  const { projectId } = useParams({ strict: false });
  const { asOf } = useLightDate();
  const page = useQuery({
    ...api.projects.get.queryOptions({ input: { id: projectId ?? "", asOf } }),
    enabled: opened && projectId !== undefined,
  }).data;
  const isReady = projectId === undefined || page !== undefined;
  const start = page?.editable ? { project_id: page.project.id, project_name: page.project.name } : undefined;
  return <VisitEditor opened={opened && isReady} onClose={() => setOpened(false)} start={start} />;
}
