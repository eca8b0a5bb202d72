import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import type { MonthBooks } from "#contract/books.ts";
import { askConfirm } from "#renderer/components/confirm.tsx";
import { useClosing } from "./closing.ts";
import { ClosingDialog } from "./closing-dialog.tsx";

/** Closes the month for good, after a question that says what is still open. */
export function CloseButton({ books: { month, whole, open, refusal } }: { books: MonthBooks }) {
  const { close, isClosing, progress } = useClosing(month);
  const blocked = refusal || (whole.projects === 0 ? "还没有项目，不用对账" : "");
  const left = open.length > 0 ? `还有未办事项：${open.map(({ text }) => text).join("；")}。` : "";
  return (
    <>
      <Button
        leftSection={<IconLock size={16} aria-hidden />}
        disabled={blocked !== ""}
        title={blocked || undefined}
        loading={isClosing}
        onClick={() =>
          askConfirm({
            title: `${month} 月对账`,
            message: `将定下 ${whole.projects} 个项目 ${month} 的灯号、节点完成和投资。${left}对账以后不能撤销、不能修改；以后的变动会作为更正列出。`,
            confirm: "对账",
            danger: true,
            onConfirm: close,
          })
        }
      >
        对账
      </Button>
      {progress && <ClosingDialog progress={progress} />}
    </>
  );
}
