import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./start.module.css";

/** The frame of every screen before the program proper: name, notice, one card. */
export function StartFrame({ children }: { children: ReactNode }) {
  return (
    <main className={classes.frame}>
      <Stack w="100%" maw={840} gap="md">
        <div>
          <Title order={1} fz={26}>
            连心桥
          </Title>
          <Text c="var(--text-quiet)">项目服务秘书台账 · 单机离线使用 · 不得处理国家秘密</Text>
        </div>
        <Paper p="lg" withBorder>
          {children}
        </Paper>
      </Stack>
    </main>
  );
}
