import type { IssueRow } from "#contract/issues.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { RemoveButton } from "#renderer/components/remove-button.tsx";

/** For what was entered by mistake; the core refuses it for an issue that others are at work on. */
export function RemoveIssue({ issue, onRemoved }: { issue: IssueRow; onRemoved: () => void }) {
  const archive = useWrite(client.issues.archive, { done: "问题已删除。", onDone: onRemoved });
  return (
    <RemoveButton
      title="删除问题"
      message={`“${issue.title}”将从清单和统计中去掉，只用于录错的问题；删除后可以马上撤销。办完的问题请销号。`}
      pending={archive.isPending}
      onRemove={() => archive.mutate({ id: issue.id })}
    />
  );
}
