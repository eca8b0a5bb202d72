import { Button } from "@mantine/core";
import { askConfirm } from "./confirm.tsx";

type Props = {
  /** Title of the question: what is removed. */
  title: string;
  /** What follows from it, and whether it can be taken back. */
  message: string;
  /** Words of the button, when 删除 alone does not say enough. */
  label?: string;
  pending?: boolean;
  onRemove: () => void;
};

/** Removes a record after a question. */
export function RemoveButton({ title, message, label = "删除", pending = false, onRemove }: Props) {
  return (
    <Button
      variant="subtle"
      color="red"
      loading={pending}
      onClick={() => askConfirm({ title, message, confirm: "删除", danger: true, onConfirm: onRemove })}
    >
      {label}
    </Button>
  );
}
