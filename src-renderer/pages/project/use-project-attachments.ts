import { useQuery } from "@tanstack/react-query";
import type { AttachmentRow } from "#contract/attachments.ts";
import { api } from "#renderer/app/rpc.ts";

/** Every attachment of the project, its visits and its nodes; none while they are read. */
export function useProjectAttachments(projectId: string): readonly AttachmentRow[] {
  const { data } = useQuery(api.attachments.list.queryOptions({ input: { subject: { projectId } } }));
  return data?.rows ?? [];
}
