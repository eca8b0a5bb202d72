import { Alert, Button, Group, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fingerprint } from "#renderer/components/fingerprint.tsx";
import { saveFile } from "#renderer/components/save-file.ts";
import { useBooksOn } from "./books-on.ts";
import { useLightDate } from "./light-date.tsx";
import { PastBanner } from "./past-banner.tsx";
import { api } from "./rpc.ts";
import { useSession } from "./session.tsx";
import classes from "./shell.module.css";

/** Standing notices above the page: another light date, keys that are lost, a join that waits for the office above. */
export function Banners() {
  const { awaitingParent, keyProblem } = useSession();
  return (
    <div className={classes.banners}>
      <PastBanner />
      <OtherDate />
      {keyProblem && <NoKeys problem={keyProblem} />}
      {awaitingParent && !keyProblem && <AwaitingParent />}
    </div>
  );
}

function OtherDate() {
  const { asOf, isToday, setAsOf } = useLightDate();
  const booksOn = useBooksOn();
  if (isToday || booksOn) return null;
  return (
    <Alert color="orange" p="xs" icon={<IconInfoCircle />}>
      <Group justify="space-between">
        <Text size="sm">现在看到的是按 {asOf} 计算的灯号和到期情况，不是今天的。</Text>
        <Button size="compact-sm" variant="default" onClick={() => setAsOf(null)}>
          回到今天
        </Button>
      </Group>
    </Alert>
  );
}

const keyProblems = {
  missing: "找不到本单位的密钥文件",
  damaged: "本单位的密钥文件已损坏",
  revoked: "本单位的密钥已被挂失",
} as const;

function NoKeys({ problem }: { problem: keyof typeof keyProblems }) {
  return (
    <Alert color="red" p="xs" icon={<IconInfoCircle />}>
      <Group justify="space-between">
        <Text size="sm">{keyProblems[problem]}，不能导出和导入同步包；台账可以照常使用。</Text>
        <Button
          size="compact-sm"
          variant="default"
          renderRoot={(props) => <Link to="/offices" search={{ tab: "keys" }} {...props} />}
        >
          去处理
        </Button>
      </Group>
    </Alert>
  );
}

function AwaitingParent() {
  const request = useQuery(api.setup.joinRequest.queryOptions());
  const { data } = request;
  return (
    <Alert color="blue" p="xs" icon={<IconInfoCircle />}>
      <Group justify="space-between">
        <Text size="sm">
          加入手续还差一步：把加入申请文件交给上级，电话核对本机指纹
          {data && <Fingerprint value={data.fingerprint} />}
          ，再到“同步”导入上级发来的第一个同步包。其间可以先录入。
        </Text>
        <Button size="compact-sm" variant="default" disabled={!data} onClick={() => data && saveFile(data.file)}>
          重新下载加入申请
        </Button>
      </Group>
    </Alert>
  );
}
