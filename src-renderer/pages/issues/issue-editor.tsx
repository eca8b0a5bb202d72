import type { IssueRow } from "#contract/issues.ts";
import { FormDrawer } from "#renderer/components/form-drawer.tsx";
import { IssueForm, type IssueStart } from "./issue-form.tsx";

type Props = {
  opened: boolean;
  onClose: () => void;
  /** The issue to change; absent for a new one. */
  issue?: IssueRow;
  /** Facts a new issue starts with. */
  start?: IssueStart;
  /** After the issue was deleted. */
  onRemoved?: () => void;
};

/** One issue: raised in a few keys, or its facts changed. */
export function IssueEditor({ opened, onClose, issue, start, onRemoved }: Props) {
  return (
    <FormDrawer opened={opened} onClose={onClose} title={issue ? "修改问题" : "提出问题"} size={660}>
      <IssueForm
        key={issue?.id ?? "new"}
        issue={issue}
        start={start}
        onDone={onClose}
        onRemoved={() => {
          onClose();
          onRemoved?.();
        }}
      />
    </FormDrawer>
  );
}
