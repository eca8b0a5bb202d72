import { Button, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconBuildingCommunity, IconFileImport, IconSchool } from "@tabler/icons-react";
import { useState } from "react";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { CreateHub } from "./create-hub.tsx";
import { JoinOffice } from "./join-office.tsx";
import classes from "./start.module.css";
import { StartFrame } from "./start-frame.tsx";

/** First run on this PC: join an office tree, start a city hub, or look at demo data. */
export function FirstRun() {
  const [step, setStep] = useState<"offers" | "join" | "hub">("offers");
  const back = () => setStep("offers");
  return (
    <StartFrame>
      {step === "join" && <JoinOffice onBack={back} />}
      {step === "hub" && <CreateHub onBack={back} />}
      {step === "offers" && <Offers onJoin={() => setStep("join")} onHub={() => setStep("hub")} />}
    </StartFrame>
  );
}

function Offers({ onJoin, onHub }: { onJoin: () => void; onHub: () => void }) {
  const demo = useWrite(() => client.setup.createDemo(), { done: "演示数据已建立。", inlineError: true });
  const offers = [
    {
      icon: IconFileImport,
      title: "加入",
      text: "街道、园区、区市县和先导区：用上级发来的邀请文件加入。",
      onClick: onJoin,
    },
    {
      icon: IconBuildingCommunity,
      title: "新建市级库",
      text: "只由市级办理一次：建立全市单位树，再邀请各区市县加入。",
      onClick: onHub,
    },
    {
      icon: IconSchool,
      title: "演示数据",
      text: "先看一看：用虚构的人员和公开的项目建一个演示库，不能与正式单位同步。",
      onClick: () => demo.mutate(undefined),
    },
  ];
  return (
    <Stack gap="md">
      <div>
        <Title order={2} fz="lg">
          本机还没有数据，请选择怎样开始
        </Title>
        <Text size="sm" c="var(--text-quiet)">
          拿不准的，先打电话问上级。换电脑、重装系统的，先请技术人员用备份恢复；没有备份的，请上级办理“挂失”后重新邀请。
        </Text>
      </div>
      <div className={classes.offers}>
        {offers.map(({ icon: Icon, title, text, onClick }) => (
          <UnstyledButton key={title} className={classes.offer} onClick={onClick} disabled={demo.isPending}>
            <Icon size={28} stroke={1.4} aria-hidden />
            <Text fw={600}>{title}</Text>
            <Text size="sm" c="var(--text-quiet)">
              {text}
            </Text>
          </UnstyledButton>
        ))}
      </div>
      {demo.isPending && (
        <Button loading variant="default">
          正在建立演示数据
        </Button>
      )}
      <FailureAlert error={demo.error} />
    </Stack>
  );
}
