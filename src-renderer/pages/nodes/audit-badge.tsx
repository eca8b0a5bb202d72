import { Badge } from "@mantine/core";
import { type AuditState, auditStates } from "#domain/values.ts";

const colors: Record<AuditState, string> = { draft: "gray", submitted: "blue", approved: "teal", returned: "orange" };

export function AuditBadge({ state }: { state: AuditState }) {
  // The word is never cut, however narrow the column.
  return (
    <Badge miw="max-content" color={colors[state]}>
      {auditStates[state]}
    </Badge>
  );
}
