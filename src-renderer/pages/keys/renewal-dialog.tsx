import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import type { KeyLink } from "#contract/keys.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { Fingerprint } from "#renderer/components/fingerprint.tsx";
import { saveFile } from "#renderer/components/save-file.ts";

/** The file with which a child takes up our new keys after the old ones were lost. */
export function RenewalDialog({ link, onClose }: { link: KeyLink | null; onClose: () => void }) {
  return (
    <Modal opened={link !== null} onClose={onClose} title={`与${link?.peerName ?? ""}重新建立联系`} size="lg">
      {link && <Renewal link={link} onClose={onClose} />}
    </Modal>
  );
}

function Renewal({ link, onClose }: { link: KeyLink; onClose: () => void }) {
  const make = useWrite(client.keys.renewalFile, {
    done: "重新联系文件已下载。",
    onDone: ({ file }) => saveFile(file),
    inlineError: true,
  });
  const { data } = make;
  return (
    <Stack>
      <Text size="sm">
        本单位的旧密钥丢失，{link.peerName}
        还在用旧的。把这个文件交给对方导入，就能继续往来；对方的密钥和数据都不变，不用重新加入。
      </Text>
      {data && (
        <>
          <Text size="sm">
            文件“{data.file.name}”已下载，{data.expiresOn} 前有效。本单位指纹：
            <Fingerprint value={data.fingerprint} />
          </Text>
          <List type="ordered" size="sm" spacing={6}>
            <List.Item>把文件存到U盘，交给{link.peerName}的经办人。</List.Item>
            <List.Item>对方到“单位与设定—密钥”点“导入上级的邀请文件”。</List.Item>
            <List.Item>打电话核对：对方念出的指纹应与上面的完全一致。</List.Item>
            <List.Item>之后照常导出、导入；对方以前用旧密钥加密的同步包打不开，请对方重新导出。</List.Item>
          </List>
        </>
      )}
      <FailureAlert error={make.error} />
      <Group>
        {data ? (
          <Button onClick={onClose}>知道了</Button>
        ) : (
          <Button data-autofocus loading={make.isPending} onClick={() => make.mutate({ officeId: link.peerId })}>
            生成重新联系文件
          </Button>
        )}
        <Button variant="default" onClick={() => (data ? saveFile(data.file) : onClose())}>
          {data ? "再次下载" : "取消"}
        </Button>
      </Group>
    </Stack>
  );
}
