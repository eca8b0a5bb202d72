import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { KeyState } from "#contract/keys.ts";
import { addDays } from "#domain/calendar.ts";
import { api, client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { askConfirm } from "#renderer/components/confirm.tsx";
import { Facts } from "#renderer/components/facts.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { Fingerprint } from "#renderer/components/fingerprint.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import { BackupDialog } from "./backup-dialog.tsx";
import { KeyPeers } from "./key-peers.tsx";
import classes from "./keys.module.css";
import { RejoinDialog } from "./rejoin-dialog.tsx";
import { RestoreDialog } from "./restore-dialog.tsx";
import { RevokedKeys } from "./revoked-keys.tsx";

type Opened = "backup" | "restore" | "rejoin" | null;

/** 密钥: this office's keys and their copy, what its peers know of them, and the list of revoked keys. */
export function KeysTab() {
  const query = useQuery(api.keys.state.queryOptions());
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  if (query.isError) return <FailureAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Waiting what="正在读取密钥" height={260} />;
  return (
    <div className={classes.scroll}>
      <Stack gap="md" maw={980}>
        <OwnKeys state={query.data} onOpen={setOpened} />
        <KeyPeers links={query.data.links} />
        <RevokedKeys revoked={query.data.revoked} />
      </Stack>
      <BackupDialog opened={opened === "backup"} onClose={close} />
      <RestoreDialog opened={opened === "restore"} onClose={close} />
      <RejoinDialog opened={opened === "rejoin"} onClose={close} />
    </div>
  );
}

const problems = {
  missing: "找不到密钥文件 keys.json",
  damaged: "密钥文件 keys.json 已损坏",
  revoked: "本单位的密钥已被挂失",
} as const;

function OwnKeys({ state, onOpen }: { state: KeyState; onOpen: (dialog: Opened) => void }) {
  const { office, today } = useSession();
  const hasParent = office.level !== "city";
  const { problem, fingerprint, madeOn, retired, copy } = state;
  const rotate = useWrite(() => client.keys.rotate(), {
    done: ({ fingerprint: next }) => `密钥已更换，新指纹 ${next}。请重新备份。`,
  });
  return (
    <section className={classes.part} aria-label="本单位的密钥">
      <Title order={2} fz="md">
        本单位的密钥
      </Title>
      {problem === null ? (
        <>
          <Text size="sm" c="var(--text-quiet)">
            密钥用来给发出的同步包签名，并打开发给本单位的同步包。它在数据文件夹的 keys.json 里，不要交给别人。
          </Text>
          <Facts
            items={[
              ["指纹", fingerprint && <Fingerprint key="fingerprint" value={fingerprint} />],
              ["启用日期", madeOn && `${madeOn}${isOld(madeOn, today) ? "（已满一年，建议更换）" : ""}`],
              ["最近备份", copy === null ? "还没有备份" : `${copy.on}${copy.isCurrent ? "" : "（是更换以前的密钥）"}`],
              ...(retired[0]
                ? [["以前的密钥", `${retired.length} 套，最近于 ${retired[0].retiredOn} 停用`] as const]
                : []),
            ]}
          />
          {!copy?.isCurrent && (
            <Alert color="orange" p="xs" icon={<IconAlertTriangle />}>
              {copy ? "现用的密钥还没有备份" : "密钥还没有备份"}
              ：电脑一旦损坏，就要重新办理加入手续。请现在备份到U盘或打印一份锁好。
            </Alert>
          )}
          <Group>
            <Button variant={copy?.isCurrent ? "default" : "filled"} onClick={() => onOpen("backup")}>
              备份密钥
            </Button>
            <Button
              variant="default"
              loading={rotate.isPending}
              onClick={() => askRotation(() => rotate.mutate(undefined))}
            >
              更换密钥
            </Button>
            {hasParent && (
              <Button variant="default" onClick={() => onOpen("rejoin")}>
                导入上级的邀请文件
              </Button>
            )}
            <Button variant="subtle" onClick={() => onOpen("restore")}>
              恢复密钥备份
            </Button>
          </Group>
        </>
      ) : (
        <Repair problem={problem} hasParent={hasParent} onOpen={onOpen} />
      )}
    </section>
  );
}

const isOld = (madeOn: string, today: string) => addDays(madeOn, 365) <= today;

function askRotation(onConfirm: () => void) {
  askConfirm({
    title: "更换密钥",
    message:
      "将生成一套新密钥，换用后不能换回。换密钥的证明会随以后的同步包自动交给上级和下级，对方不用做什么；已经在路上的同步包照常能用。旧的密钥备份作废，更换后请马上重新备份。建议每年更换一次，或在经办人调离时更换；电脑丢失、被盗时请改由上级挂失。",
    confirm: "更换",
    onConfirm,
  });
}

type RepairProps = { problem: keyof typeof problems; hasParent: boolean; onOpen: (dialog: Opened) => void };

/** The ways out when there are no usable keys. */
function Repair({ problem, hasParent, onOpen }: RepairProps) {
  const remake = useWrite(() => client.keys.remake(), {
    done: ({ fingerprint }) => `已生成新密钥，指纹 ${fingerprint}。请备份，再与往来单位重新建立联系。`,
  });
  return (
    <>
      <Alert color="red" icon={<IconAlertTriangle />} title={`${problems[problem]}，不能导出和导入`} role="alert">
        <Text size="sm">台账可以照常录入和打印，已有的数据都在。请按下面的顺序办理：</Text>
      </Alert>
      <Stack gap="sm">
        {problem !== "revoked" && (
          <Group wrap="nowrap" align="flex-start">
            <Button style={{ flexShrink: 0 }} w={190} onClick={() => onOpen("restore")}>
              恢复密钥备份
            </Button>
            <Text size="sm">有备份文件或打印的备份纸：恢复后马上可以继续往来，不用重新加入。</Text>
          </Group>
        )}
        {hasParent && (
          <Group wrap="nowrap" align="flex-start">
            <Button style={{ flexShrink: 0 }} w={190} variant="default" onClick={() => onOpen("rejoin")}>
              导入上级的邀请文件
            </Button>
            <Text size="sm">
              没有备份：请上级先“挂失”本单位的密钥，再重新邀请；导入邀请文件时自动生成新密钥，数据全部保留。
            </Text>
          </Group>
        )}
        <Group wrap="nowrap" align="flex-start">
          <Button
            style={{ flexShrink: 0 }}
            w={190}
            variant="default"
            loading={remake.isPending}
            onClick={() => askRemake(() => remake.mutate(undefined))}
          >
            生成新密钥
          </Button>
          <Text size="sm">
            {hasParent
              ? "没有备份、暂时也拿不到上级的邀请：先生成新密钥，以后仍要上级挂失旧的并重新邀请；有下级的，再逐个重新建立联系。"
              : "没有备份：生成新密钥，然后与每个下级重新建立联系，下级的密钥和数据不变。"}
          </Text>
        </Group>
      </Stack>
    </>
  );
}

function askRemake(onConfirm: () => void) {
  askConfirm({
    title: "生成新密钥",
    message: "旧密钥将记为挂失，以后即使找到备份也不能再用，往来单位都要重新建立联系。请先确认没有任何密钥备份。",
    confirm: "生成",
    danger: true,
    onConfirm,
  });
}
