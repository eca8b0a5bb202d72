import { Alert, Button, Code, CopyButton, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { sizeText } from "#domain/attachment.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FolderPicker } from "#renderer/components/folder-picker.tsx";
import { Doctor } from "./doctor.tsx";
import classes from "./settings.module.css";

/** Backup, check-up of the database and what lies beside it, and where it lies. */
export function Care() {
  return (
    <div className={classes.scroll}>
      <Stack gap="md" maw={820}>
        <Backup />
        <Doctor />
        <DataFolder />
      </Stack>
    </div>
  );
}

function Backup() {
  const [folder, setFolder] = useState<string | null>(null);
  const backup = useMutation({ mutationFn: () => client.maintenance.backup({ folder: folder ?? "" }) });
  return (
    <section className={classes.part} aria-label="备份">
      <Title order={2} fz="md">
        备份
      </Title>
      <Text size="sm" c="var(--text-quiet)">
        程序每天关闭时自动在数据文件夹的 backups 里留一份，保留最近 7
        份（附件从不删改，不再重复留存）。建议每周再备份到U盘或另一块硬盘，写完后会核对；附件只补上次没有的。
      </Text>
      <Group>
        <FolderPicker
          label="选择备份文件夹"
          value={folder}
          onChange={(path) => {
            setFolder(path);
            backup.reset();
          }}
        />
        <Button loading={backup.isPending} disabled={!folder} onClick={() => backup.mutate()}>
          备份到这里
        </Button>
      </Group>
      <FailureAlert error={backup.error} />
      {backup.data && (
        <Alert color="teal" role="status">
          已备份并核对：{backup.data.path}（{sizeText(backup.data.bytes)}）。附件在 {backup.data.attachmentFolder}
          ，本次新增 {backup.data.attachmentsCopied} 个
          {backup.data.attachmentsDamaged > 0 && `，另有 ${backup.data.attachmentsDamaged} 个已损坏、没有备份`}
          。现在可以拔出U盘。
        </Alert>
      )}
      <Text size="sm" c="var(--text-quiet)">
        恢复办法：关闭连心桥，把备份文件复制到数据文件夹，改名为
        lianxinqiao.db（先把原文件移到别处），把附件文件夹改名为 attachments
        一并放入，再打开。备份文件不含密钥，请到“密钥”页另做一份密钥备份；换电脑或硬盘恢复后，在那里用“恢复密钥备份”放回。
      </Text>
    </section>
  );
}

function DataFolder() {
  const { dataFolder } = useSession();
  return (
    <section className={classes.part} aria-label="数据所在位置">
      <Title order={2} fz="md">
        数据所在位置
      </Title>
      <Group gap="xs">
        <Code fz="sm" style={{ overflowWrap: "anywhere" }}>
          {dataFolder}
        </Code>
        <CopyButton value={dataFolder}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? "已复制" : "复制路径"}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text size="sm" c="var(--text-quiet)">
        数据库、附件（attachments）、密钥（keys.json）和自动备份都在这个文件夹。密钥不要交给别人；同一个数据库不要复制到两台电脑上同时使用。
      </Text>
    </section>
  );
}
