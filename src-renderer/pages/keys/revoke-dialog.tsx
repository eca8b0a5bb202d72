import { Alert, Button, Checkbox, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";

const reasons = ["电脑丢失或被盗", "密钥可能泄露", "电脑损坏或重装", "更换电脑", "其他"];

export type RevokedOffice = { id: string; name: string };

/** 挂失: the keys of a child count no longer. Cannot be undone; the office is invited again afterwards. */
export function RevokeDialog({ office, onClose }: { office: RevokedOffice | null; onClose: () => void }) {
  return (
    <Modal opened={office !== null} onClose={onClose} title={`挂失${office?.name ?? ""}的密钥`} size="lg">
      {office && <Revocation office={office} onClose={onClose} />}
    </Modal>
  );
}

function Revocation({ office, onClose }: { office: RevokedOffice; onClose: () => void }) {
  const [reason, setReason] = useState<string | null>(null);
  const [isSure, setSure] = useState(false);
  const revoke = useWrite(client.keys.revoke, {
    done: `已挂失${office.name}的密钥，请重新邀请。`,
    onDone: onClose,
    inlineError: true,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason && isSure) revoke.mutate({ officeId: office.id, reason });
      }}
    >
      <Stack>
        <Alert color="red" title="挂失不能撤销">
          <Text size="sm">
            {office.name}用原来的密钥做的同步包，包括已经在路上的，都不再接受。挂失的消息会随每个同步包发给其他下级。
          </Text>
        </Alert>
        <Text size="sm">
          之后请重新邀请{office.name}
          ：对方原来的数据库还在的，保留数据重新加入；不在了的，本机已收到的内容会随第一个同步包交还。
        </Text>
        <Select label="挂失原因" data={reasons} value={reason} onChange={setReason} data-autofocus required />
        <Checkbox
          label={`我已与${office.name}电话确认，需要挂失`}
          checked={isSure}
          onChange={(event) => setSure(event.currentTarget.checked)}
        />
        <FailureAlert error={revoke.error} />
        <Group>
          <Button type="submit" color="red" loading={revoke.isPending} disabled={!reason || !isSure}>
            挂失
          </Button>
          <Button variant="default" onClick={onClose} disabled={revoke.isPending}>
            取消
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
