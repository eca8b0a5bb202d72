import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FolderPicker } from "#renderer/components/folder-picker.tsx";
import classes from "./keys.module.css";
import { NewPassphrase, readyPassphrase } from "./passphrase-fields.tsx";

/** A copy of the keys protected by a passphrase: saved into a folder, or printed. */
export function BackupDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="备份密钥" size="xl">
      <Backup onClose={onClose} />
    </Modal>
  );
}

function Backup({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState({ first: "", second: "" });
  const [folder, setFolder] = useState<string | null>(null);
  const save = useWrite(client.keys.saveCopy, { done: () => null, inlineError: true });
  const print = useWrite(client.keys.printCopy, { done: () => null, inlineError: true });
  const passphrase = readyPassphrase(typed);
  const isBusy = save.isPending || print.isPending;
  if (print.data) return <Sheet {...print.data} onBack={print.reset} onClose={onClose} />;
  return (
    <Stack>
      <Text size="sm">
        电脑损坏或丢失时，用密钥备份就能继续与上下级往来，不必重新办理加入手续。备份用口令加密，没有口令谁也打不开；可以存到U盘，也可以打印成一张纸。
      </Text>
      <NewPassphrase value={typed} onChange={setTyped} />
      <Group wrap="nowrap">
        <FolderPicker label="选择U盘或文件夹" value={folder} onChange={setFolder} disabled={isBusy} />
        <Button
          style={{ flexShrink: 0 }}
          loading={save.isPending}
          disabled={!folder || !passphrase || print.isPending}
          onClick={() => folder && passphrase && save.mutate({ folder, passphrase })}
        >
          存到这里
        </Button>
      </Group>
      <FailureAlert error={save.error ?? print.error} />
      {save.data && (
        <Alert color="teal" role="status" title="密钥备份已写入并核对，可以拔出U盘">
          <span className={classes.path}>{save.data.path}</span>
        </Alert>
      )}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          loading={print.isPending}
          disabled={!passphrase || save.isPending}
          onClick={() => passphrase && print.mutate({ passphrase })}
        >
          打印成纸
        </Button>
        <Button variant="default" onClick={onClose} disabled={isBusy}>
          {save.data ? "完成" : "取消"}
        </Button>
        {isBusy && (
          <Text size="sm" role="status">
            正在用口令加密，需要几秒钟…
          </Text>
        )}
      </Group>
    </Stack>
  );
}

type SheetProps = { title: string; html: string; onBack: () => void; onClose: () => void };

function Sheet({ title, html, onBack, onClose }: SheetProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  return (
    <Stack>
      <iframe
        ref={frame}
        className={classes.sheet}
        title={`预览：${title}`}
        sandbox="allow-same-origin allow-modals"
        srcDoc={html}
      />
      <Group>
        <Button
          data-autofocus
          leftSection={<IconPrinter size={16} aria-hidden />}
          onClick={() => frame.current?.contentWindow?.print()}
        >
          打印
        </Button>
        <Button variant="default" onClick={onBack}>
          返回
        </Button>
        <Button variant="default" onClick={onClose}>
          完成
        </Button>
      </Group>
    </Stack>
  );
}
