import { Button, FileButton, Group, Modal, PasswordInput, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { lineCheck } from "#domain/line-check.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import classes from "./keys.module.css";

/** Puts the keys of a copy in place: its file, or its text typed from paper with a check number for every line. */
export function RestoreDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="恢复密钥备份" size="xl">
      <Restore onClose={onClose} />
    </Modal>
  );
}

function Restore({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const restore = useWrite(client.keys.restoreCopy, {
    done: ({ fingerprint }) => `密钥已恢复，指纹 ${fingerprint}。`,
    onDone: onClose,
    inlineError: true,
  });
  const read = async (file: File | null) => {
    // A copy is some 1,000 characters, framed by two lines that are not on paper; the core names a file that is none.
    if (file) setText((await file.slice(0, 210_000).text()).replaceAll(/^-----.*(\r?\n|$)/gm, ""));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() && passphrase) restore.mutate({ text, passphrase });
      }}
    >
      <Stack>
        <Text size="sm">选择备份文件（.age），或照着打印的备份纸逐行录入。现有的 keys.json 会改名保留，不会删除。</Text>
        <Group>
          <FileButton
            accept=".age,.txt"
            onChange={(file) => void read(file)}
            inputProps={{ "aria-label": "密钥备份文件" }}
          >
            {(props) => (
              <Button variant="default" data-autofocus {...props}>
                选择备份文件
              </Button>
            )}
          </FileButton>
        </Group>
        <div className={classes.typing}>
          <Textarea
            label="备份文字"
            description="照纸录入时一行对一行；空格不用录入，区分大小写"
            classNames={{ input: classes.cipher }}
            rows={16}
            spellCheck={false}
            autoComplete="off"
            wrap="off"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Checks text={text} />
        </div>
        <PasswordInput
          label="口令"
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": "显示或隐藏口令" }}
        />
        <FailureAlert error={restore.error} />
        <Group>
          <Button type="submit" loading={restore.isPending} disabled={!text.trim() || !passphrase}>
            恢复
          </Button>
          <Button variant="default" onClick={onClose} disabled={restore.isPending}>
            取消
          </Button>
          {restore.isPending && (
            <Text size="sm" role="status">
              正在打开备份，需要几秒钟…
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** The check number of every line, as the sheet prints it. */
function Checks({ text }: { text: string }) {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("-----"));
  const numbered = lines.map((line, index) => ({ number: index + 1, check: lineCheck(line) }));
  return (
    <div>
      <Text size="sm" fw={500}>
        校验
      </Text>
      <Text size="xs" c="var(--text-quiet)">
        应与纸上相同
      </Text>
      <ol className={classes.checks} aria-label="各行校验数字">
        {numbered.map(({ number, check }) => (
          <li key={number}>{check}</li>
        ))}
      </ol>
    </div>
  );
}
