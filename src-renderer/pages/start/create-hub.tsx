import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FounderFields } from "./founder-fields.tsx";

export function CreateHub({ onBack }: { onBack: () => void }) {
  const [founder, setFounder] = useState({ personName: "", duty: "" });
  const create = useWrite(client.setup.createCityHub, { done: "市级库已建立。", inlineError: true });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(founder);
      }}
    >
      <Stack>
        <Title order={2} fz="lg">
          新建市级库
        </Title>
        <Text size="sm">
          将在本机建立大连市的单位树和一对密钥。全市只能有一个市级库；区市县、街道请退回，用邀请文件“加入”。建立后先到“单位与设定—密钥”备份密钥，再逐个邀请区市县。
        </Text>
        <FounderFields value={founder} onChange={setFounder} />
        <FailureAlert error={create.error} />
        <Group>
          <Button type="submit" loading={create.isPending} disabled={!founder.personName.trim()}>
            建立市级库
          </Button>
          <Button variant="default" onClick={onBack} disabled={create.isPending}>
            返回
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
