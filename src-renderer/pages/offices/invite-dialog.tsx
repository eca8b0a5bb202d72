import { Alert, Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import type { OfficeEntry } from "#contract/office.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { Fingerprint } from "#renderer/components/fingerprint.tsx";
import { saveFile } from "#renderer/components/save-file.ts";

type Props = { entry: OfficeEntry | null; onClose: () => void };

/** Makes the invitation of one child and says, step by step, what to do with it. */
export function InviteDialog({ entry, onClose }: Props) {
  return (
    <Modal opened={entry !== null} onClose={onClose} title={`邀请${entry?.name ?? ""}加入`} size="lg">
      {entry && <Invitation entry={entry} onClose={onClose} />}
    </Modal>
  );
}

function Invitation({ entry, onClose }: { entry: OfficeEntry; onClose: () => void }) {
  const invite = useWrite(client.offices.invite, {
    done: "邀请文件已生成并下载。",
    onDone: ({ file }) => saveFile(file),
    inlineError: true,
  });
  if (!invite.data) {
    return (
      <Stack>
        {entry.enrolment === "invited" && (
          <Alert color="orange">这个单位已经邀请过。重新邀请后，以前的邀请文件作废，收到的旧申请不能再接纳。</Alert>
        )}
        <Text size="sm">
          将生成一个邀请文件（.lxq-invite），里面是本单位的公开密钥和单位树。把它存到U盘交给{entry.name}。
        </Text>
        <FailureAlert error={invite.error} />
        <Group>
          <Button data-autofocus loading={invite.isPending} onClick={() => invite.mutate({ officeId: entry.id })}>
            生成邀请文件
          </Button>
          <Button variant="default" onClick={onClose}>
            取消
          </Button>
        </Group>
      </Stack>
    );
  }
  const { file, fingerprint, expiresOn } = invite.data;
  return (
    <Stack>
      <Text size="sm">
        邀请文件“{file.name}”已下载，{expiresOn} 前有效。本单位指纹：
        <Fingerprint value={fingerprint} />
      </Text>
      <List type="ordered" size="sm" spacing={6}>
        <List.Item>把邀请文件存到U盘，交给{entry.name}的经办人。</List.Item>
        <List.Item>
          对方第一次使用：打开连心桥，选“加入”，导入这个文件。对方原来的数据还在：到“单位与设定—密钥”点“导入上级的邀请文件”，数据全部保留。屏幕上会显示本单位的指纹。
        </List.Item>
        <List.Item>打电话核对：对方念出的指纹应与上面的完全一致，一致才继续。</List.Item>
        <List.Item>对方会得到一个加入申请文件（.lxq-request），交回给您。</List.Item>
        <List.Item>您在本页点“接纳加入申请”，再电话核对一次对方的指纹，接纳。</List.Item>
        <List.Item>最后到“同步”向{entry.name}导出第一个同步包，对方导入后就可以正常往来。</List.Item>
      </List>
      <Group>
        <Button onClick={onClose}>知道了</Button>
        <Button variant="default" onClick={() => saveFile(file)}>
          再次下载
        </Button>
      </Group>
    </Stack>
  );
}
