import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { RequestSummary } from "#contract/office.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { Facts } from "#renderer/components/facts.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FileDrop } from "#renderer/components/file-drop.tsx";
import { Fingerprint } from "#renderer/components/fingerprint.tsx";

/** Taking in a join request: the file, who sent it, the fingerprint on the phone, admission. */
export function AdmitDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="接纳加入申请" size="lg">
      <Admission onClose={onClose} />
    </Modal>
  );
}

function Admission({ onClose }: { onClose: () => void }) {
  const inspect = useMutation({
    mutationFn: async (file: File) => ({ file, summary: await client.offices.inspectRequest({ file }) }),
  });
  if (!inspect.data) {
    return (
      <Stack>
        <Text size="sm">下级用邀请文件“加入”后，会交来一个加入申请文件（.lxq-request）。</Text>
        <FileDrop
          label="加入申请文件"
          accept=".lxq-request"
          busy={inspect.isPending}
          onFile={(file) => inspect.mutate(file)}
        />
        <FailureAlert error={inspect.error} />
      </Stack>
    );
  }
  const { file, summary } = inspect.data;
  return <Confirmation file={file} summary={summary} onOther={inspect.reset} onClose={onClose} />;
}

type ConfirmationProps = { file: File; summary: RequestSummary; onOther: () => void; onClose: () => void };

function Confirmation({ file, summary, onOther, onClose }: ConfirmationProps) {
  const [isSame, setSame] = useState(false);
  const admit = useWrite(client.offices.admit, { done: `已接纳${summary.officeName}。`, inlineError: true });
  if (admit.isSuccess) {
    return (
      <Stack>
        <Text size="sm">
          已接纳{summary.officeName}。还差一步：到“同步”向{summary.officeName}导出第一个同步包，用U盘交给对方导入。
        </Text>
        <Group>
          <Button data-autofocus renderRoot={(props) => <Link to="/sync" {...props} />}>
            去同步
          </Button>
          <Button variant="default" onClick={onClose}>
            关闭
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isSame) admit.mutate({ file, fingerprint: summary.fingerprint });
      }}
    >
      <Stack>
        <Facts
          items={[
            ["申请单位", summary.officeName],
            ["经办人", summary.personName],
            ["申请时间", summary.madeAt],
            ["对方指纹", <Fingerprint key="fingerprint" value={summary.fingerprint} />],
          ]}
        />
        <Text size="sm">
          请按您已知的号码打电话给{summary.officeName}，请对方念出屏幕上方显示的本机指纹，与这里逐字核对。
          不一致就不要接纳，可能有人换了文件。
        </Text>
        <Checkbox
          data-autofocus
          label={`我已和${summary.personName}电话核对，两边的指纹完全一致`}
          checked={isSame}
          onChange={(event) => setSame(event.currentTarget.checked)}
        />
        <FailureAlert error={admit.error} />
        <Group>
          <Button type="submit" loading={admit.isPending} disabled={!isSame}>
            接纳
          </Button>
          <Button variant="default" onClick={onOther} disabled={admit.isPending}>
            换一个文件
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
