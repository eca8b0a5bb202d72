import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import type { LinkState } from "#contract/exchange.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { Facts } from "#renderer/components/facts.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FolderPicker } from "#renderer/components/folder-picker.tsx";
import { useWaiting } from "./use-waiting.ts";

/** A bundle out: the folder, then what was written there and checked. */
export function ExportDialog({ link, onClose }: { link: LinkState | null; onClose: () => void }) {
  return (
    <Modal opened={link !== null} onClose={onClose} title={`导出给${link?.peerName ?? ""}`} size="lg">
      {link && <Export link={link} onClose={onClose} />}
    </Modal>
  );
}

function Export({ link, onClose }: { link: LinkState; onClose: () => void }) {
  const [folder, setFolder] = useLocalStorage<string | null>({
    key: "lianxinqiao.exportFolder",
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const waiting = useWaiting(link.peerId);
  const exporting = useWrite(client.exchange.export, { done: () => null, inlineError: true });
  const made = exporting.data;
  if (made) {
    return (
      <Stack>
        <Alert color="teal" title="已写入并核对，可以拔出U盘" role="status">
          把这个文件交给{made.peerName}，对方在“同步”里导入。
        </Alert>
        <Facts
          items={[
            ["文件", made.fileName],
            ["位置", made.path],
            ["包号", `第 ${made.number} 号`],
            ["大小", sizeText(made.bytes)],
            [
              "内容",
              made.recordChanges === 0
                ? "没有新的变动，只带回执"
                : `${made.recordChanges.toLocaleString("zh-CN")} 条变动，来自 ${made.changeSets.toLocaleString("zh-CN")} 次操作`,
            ],
          ]}
        />
        <Group>
          <Button onClick={onClose}>完成</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack>
      <Text size="sm">
        {waiting === 0
          ? `没有${link.peerName}还未收到的变动；这个包只带回执，告诉对方您收到了哪些包。`
          : `将把${link.peerName}还没有确认收到的${waiting === undefined ? "" : ` ${waiting.toLocaleString("zh-CN")} 条`}变动写成一个加密的同步包，只有对方能打开。`}
      </Text>
      <FolderPicker label="选择U盘或文件夹" value={folder} onChange={setFolder} disabled={exporting.isPending} />
      <FailureAlert error={exporting.error} />
      <Group>
        <Button
          data-autofocus
          loading={exporting.isPending}
          disabled={!folder}
          onClick={() => folder && exporting.mutate({ peerId: link.peerId, folder })}
        >
          导出
        </Button>
        <Button variant="default" onClick={onClose} disabled={exporting.isPending}>
          取消
        </Button>
        {exporting.isPending && (
          <Text size="sm" role="status">
            正在写入并核对，请不要拔出U盘…
          </Text>
        )}
      </Group>
    </Stack>
  );
}

function sizeText(bytes: number): string {
  return bytes < 1024 ** 2 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
