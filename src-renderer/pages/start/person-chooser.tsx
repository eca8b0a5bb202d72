import { Stack, Text, Title } from "@mantine/core";
import type { SessionState } from "#contract/setup.ts";
import { PersonList } from "./person-list.tsx";
import { StartFrame } from "./start-frame.tsx";

/** At each start: who sits at the keyboard. Every change is recorded under this name. */
export function PersonChooser({ state }: { state: SessionState }) {
  return (
    <StartFrame>
      <Stack>
        <div>
          <Title order={2} fz="lg">
            {state.office?.name}：请选择经办人
          </Title>
          <Text size="sm" c="var(--text-quiet)">
            您保存的每一处修改都会记在这个名字下。可用 ↑ ↓ 选择，Enter 确定。
          </Text>
        </div>
        <PersonList people={state.people} currentId={null} />
        <Text size="sm" c="var(--text-quiet)">
          名单里没有您？请先由名单中的同事进入，在“人员与秘书”里添加。选错了，进入后点右上角的姓名更换；进入后按 F1
          看每一页的帮助。
        </Text>
      </Stack>
    </StartFrame>
  );
}
