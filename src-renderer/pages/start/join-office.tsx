import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { InvitationSummary } from "#contract/setup.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FileDrop } from "#renderer/components/file-drop.tsx";
import { Fingerprint } from "#renderer/components/fingerprint.tsx";
import { saveFile } from "#renderer/components/save-file.ts";
import { FounderFields } from "./founder-fields.tsx";

/** Joining: invitation file → what it says → name → the request file to carry back. */
export function JoinOffice({ onBack }: { onBack: () => void }) {
  const [founder, setFounder] = useState({ personName: "", duty: "" });
  const inspect = useMutation({
    mutationFn: async (file: File) => ({ file, summary: await client.setup.inspectInvitation({ file }) }),
  });
  const join = useWrite(client.setup.join, {
    done: "已加入。加入申请文件已下载，请把它交给上级。",
    onDone: (request) => saveFile(request),
    inlineError: true,
  });
  return (
    <Stack>
      <Title order={2} fz="lg">
        加入
      </Title>
      {inspect.data ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            join.mutate({ file: inspect.data.file, ...founder });
          }}
        >
          <Stack>
            <Summary summary={inspect.data.summary} />
            <FounderFields value={founder} onChange={setFounder} />
            <Text size="sm" c="var(--text-quiet)">
              按“加入”后会下载一个加入申请文件：把它放进U盘交给上级，电话核对双方指纹；上级接纳后会发来第一个同步包。
            </Text>
            <FailureAlert error={join.error} />
            <Group>
              <Button type="submit" loading={join.isPending} disabled={!founder.personName.trim()}>
                加入
              </Button>
              <Button variant="default" onClick={inspect.reset} disabled={join.isPending}>
                换一个邀请文件
              </Button>
              <Button variant="default" onClick={onBack} disabled={join.isPending}>
                返回
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <>
          <Text size="sm">
            还没有邀请文件（.lxq-invite）的，请上级在“单位与设定”里给本单位点“邀请”，用U盘带来。过期的请上级重新邀请。
          </Text>
          <FileDrop label="上级发来的邀请文件" accept=".lxq-invite" busy={inspect.isPending} onFile={inspect.mutate} />
          <FailureAlert error={inspect.error} />
          <Group>
            <Button variant="default" onClick={onBack}>
              返回
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

function Summary({ summary }: { summary: InvitationSummary }) {
  return (
    <Table variant="vertical" layout="fixed" withTableBorder>
      <Table.Tbody>
        <Table.Tr>
          <Table.Th w={130}>加入为</Table.Th>
          <Table.Td fw={600}>
            {summary.officeName}（{summary.officeLevel}）
          </Table.Td>
        </Table.Tr>
        <Table.Tr>
          <Table.Th>上级单位</Table.Th>
          <Table.Td>{summary.parentName}</Table.Td>
        </Table.Tr>
        <Table.Tr>
          <Table.Th>上级指纹</Table.Th>
          <Table.Td>
            <Fingerprint value={summary.fingerprint} />
            请打电话与上级核对，一致再继续
          </Table.Td>
        </Table.Tr>
        <Table.Tr>
          <Table.Th>有效期至</Table.Th>
          <Table.Td>{summary.expiresOn}</Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
  );
}
