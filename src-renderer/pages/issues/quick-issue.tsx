import { useParams } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useShortcut } from "#renderer/app/shortcuts.ts";
import { IssueEditor } from "./issue-editor.tsx";

/** The key i raises an issue from anywhere; on a project's page that project is already chosen. */
export function QuickIssue() {
  const [opened, setOpened] = useState(false);
  useShortcut(
    "i",
    "提出问题",
    useCallback(() => setOpened(true), []),
  );
  const { projectId } = useParams({ strict: false });
  return <IssueEditor opened={opened} onClose={() => setOpened(false)} start={{ project_id: projectId }} />;
}
