import { Button, Popover, Stack, Text } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useDisclosure } from "@mantine/hooks";
import { IconTrafficLights } from "@tabler/icons-react";
import { useLightDate } from "./light-date.tsx";
import { useSession } from "./session.tsx";

/** 灯号日期: recalculates every light of the program for another day. */
export function LightDatePicker() {
  const { asOf, isToday, setAsOf } = useLightDate();
  const { today } = useSession();
  const [opened, popover] = useDisclosure(false);
  const choose = (date: string | null) => {
    setAsOf(date === today ? null : date);
    popover.close();
  };
  return (
    <Popover opened={opened} onChange={popover.toggle} position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          leftSection={<IconTrafficLights size={16} aria-hidden />}
          onClick={popover.toggle}
          aria-label={`灯号日期 ${asOf}，点击更换`}
        >
          灯号日期 {asOf}
        </Button>
      </Popover.Target>
      <Popover.Dropdown c="var(--mantine-color-text)">
        <Stack gap="xs" maw={260}>
          <Text size="xs" c="var(--text-quiet)">
            所有红、黄、绿灯按这一天计算，不改动数据。
          </Text>
          <DatePicker value={asOf} defaultDate={asOf} onChange={(date) => choose(date)} />
          <Button variant="default" disabled={isToday} onClick={() => choose(null)} c="var(--mantine-color-text)">
            回到今天
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
