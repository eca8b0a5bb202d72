import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { client } from "#renderer/app/rpc.ts";
import { undoWrite } from "#renderer/app/undo.tsx";

type Result = Awaited<ReturnType<typeof client.spreadsheet.commit>>;

/** What the import did, with the way back. */
export function ImportResult({ result, onAgain }: { result: Result; onAgain: () => void }) {
  const [undo, setUndo] = useState<"offered" | "running" | "done">("offered");
  const { changeSet } = result;
  return (
    <Stack maw={760}>
      <Alert
        color={undo === "done" ? "gray" : "teal"}
        title={undo === "done" ? "已撤销这次导入" : "导入完成"}
        role="status"
      >
        <Text size="sm">
          {undo === "done"
            ? "台账回到了导入以前；修改记录里保留了这次导入和撤销。"
            : `新增 ${result.created} 个项目，修改 ${result.changed} 个。${
                result.skipped > 0
                  ? `另有 ${result.skipped} 行没有写入（相同、重复、不能用或您没有勾选）。`
                  : "没有漏下的行。"
              }`}
        </Text>
      </Alert>
      <Group>
        <Button renderRoot={(props) => <Link to="/projects" {...props} />}>看台账</Button>
        <Button variant="default" onClick={onAgain}>
          再导入一个文件
        </Button>
        {changeSet && undo !== "done" && (
          <Button
            variant="default"
            loading={undo === "running"}
            onClick={() => {
              setUndo("running");
              void undoWrite(changeSet).then((undone) => setUndo(undone ? "done" : "offered"));
            }}
          >
            撤销这次导入
          </Button>
        )}
      </Group>
    </Stack>
  );
}
