import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";

type Question = {
  title: string;
  /** What happens, and whether it can be taken back. */
  message: string;
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
  /** Also when the question is closed without an answer. */
  onCancel?: () => void;
};

/** Asks before an act with consequences; the safe button has the focus. */
export function askConfirm({ title, message, confirm, danger = false, onConfirm, onCancel }: Question): void {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{message}</Text>,
    labels: { confirm, cancel: "取消" },
    confirmProps: { color: danger ? "red" : undefined },
    cancelProps: { "data-autofocus": true },
    closeButtonProps: { "aria-label": "关闭" },
    onConfirm,
    onCancel,
    onClose: onCancel,
  });
}
