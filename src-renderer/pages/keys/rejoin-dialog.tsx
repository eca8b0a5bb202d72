import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { RenewalSummary } from "#contract/keys.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { Facts } from "#renderer/components/facts.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FileDrop } from "#renderer/components/file-drop.tsx";
import { Fingerprint } from "#renderer/components/fingerprint.tsx";
import { saveFile } from "#renderer/components/save-file.ts";

/** A new invitation (or 重新联系 file) of the parent for this office at work; its data stay. */
export function RejoinDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="导入上级的邀请文件" size="lg">
      <Rejoin onClose={onClose} />
    </Modal>
  );
}

function Rejoin({ onClose }: { onClose: () => void }) {
  const inspect = useMutation({
    mutationFn: async (file: File) => ({ file, summary: await client.keys.inspectInvitation({ file }) }),
  });
  if (inspect.data) return <Confirmation {...inspect.data} onOther={inspect.reset} onClose={onClose} />;
  return (
    <Stack>
      <Text size="sm">
        本单位的密钥丢失、挂失，或上级重新生成了密钥时，上级会发来一个新的邀请或“重新联系”文件（.lxq-invite）。在这里导入，台账数据全部保留。
      </Text>
      <FileDrop label="上级发来的邀请文件" accept=".lxq-invite" busy={inspect.isPending} onFile={inspect.mutate} />
      <FailureAlert error={inspect.error} />
    </Stack>
  );
}

type ConfirmationProps = { file: File; summary: RenewalSummary; onOther: () => void; onClose: () => void };

function Confirmation({ file, summary, onOther, onClose }: ConfirmationProps) {
  const [isSame, setSame] = useState(false);
  const rejoin = useWrite(client.keys.rejoin, {
    done: ({ request }) => (request ? "加入申请文件已下载，请把它交给上级。" : "已与上级重新建立联系。"),
    onDone: ({ request }) => request && saveFile(request),
    inlineError: true,
  });
  if (rejoin.data) return <Done {...rejoin.data} parentName={summary.parentName} onClose={onClose} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isSame) rejoin.mutate({ file, fingerprint: summary.fingerprint });
      }}
    >
      <Stack>
        <Facts
          items={[
            ["上级单位", summary.parentName],
            ["文件用途", summary.purpose === "join" ? "本单位重新加入" : "上级换了密钥，重新建立联系"],
            ["上级指纹", <Fingerprint key="fingerprint" value={summary.fingerprint} />],
            ["与原来相比", summary.isNewKey ? "上级的密钥是新的" : "上级的密钥没有变"],
            ["有效期至", summary.expiresOn],
          ]}
        />
        <Text size="sm">
          请按您已知的号码打电话给{summary.parentName}，与对方屏幕上的本单位指纹逐字核对。不一致就不要继续。
        </Text>
        <Checkbox
          data-autofocus
          label={`我已和${summary.parentName}电话核对，两边的指纹完全一致`}
          checked={isSame}
          onChange={(event) => setSame(event.currentTarget.checked)}
        />
        <FailureAlert error={rejoin.error} />
        <Group>
          <Button type="submit" loading={rejoin.isPending} disabled={!isSame}>
            {summary.purpose === "join" ? "重新加入" : "重新建立联系"}
          </Button>
          <Button variant="default" onClick={onOther} disabled={rejoin.isPending}>
            换一个文件
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type DoneProps = { request: File | null; fingerprint: string; parentName: string; onClose: () => void };

function Done({ request, fingerprint, parentName, onClose }: DoneProps) {
  return (
    <Stack>
      {request ? (
        <>
          <Text size="sm">
            加入申请文件“{request.name}”已下载：请交给{parentName}，并在电话里念本机指纹
            <Fingerprint value={fingerprint} />
            供对方核对。{parentName}接纳后会发来同步包，导入后往来恢复；没有确认收到的内容会重新发送。
          </Text>
          <Text size="sm">密钥如果换成了新的，请重新做一份密钥备份。</Text>
        </>
      ) : (
        <Text size="sm">
          已换用{parentName}的新密钥，可以照常导出和导入。对方用丢失的密钥做的同步包不再接受，请对方重新导出。
        </Text>
      )}
      <Group>
        <Button data-autofocus onClick={onClose}>
          完成
        </Button>
        {request && (
          <Button variant="default" onClick={() => saveFile(request)}>
            再次下载
          </Button>
        )}
      </Group>
    </Stack>
  );
}
