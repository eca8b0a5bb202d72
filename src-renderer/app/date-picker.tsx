import { Button, Popover, SegmentedControl, Stack, Text } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useDisclosure } from "@mantine/hooks";
import { IconHistory, IconTrafficLights } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import { addDays } from "#domain/calendar.ts";
import { useBooksOn } from "./books-on.ts";
import { useLightDate } from "./light-date.tsx";
import { api } from "./rpc.ts";
import { useSession } from "./session.tsx";

const modes = {
  lights: {
    label: "灯号日期",
    text: "用现在的记录，把红、黄、绿灯和到期情况换到这一天来算。不改动数据。",
  },
  books: {
    label: "当日台账",
    text: "看这一天结束时本机账上的台账原样：项目、节点、走访和灯号都按当时的记录。只能查看。",
  },
} as const;
type Mode = keyof typeof modes;

/** Another day: for the lights alone, or for the ledger as it stood then. */
export function DateMenu() {
  const { asOf, isToday, setAsOf } = useLightDate();
  const booksOn = useBooksOn();
  const openBooks = useOpenBooks();
  const [opened, popover] = useDisclosure(false);
  const [chosen, setMode] = useState<Mode | null>(null);
  const mode = chosen ?? (booksOn ? "books" : "lights");
  const { today } = useSession();
  const choose = (date: string | null) => {
    if (mode === "books" && date !== null) {
      openBooks(date);
    } else {
      if (booksOn) openBooks(null);
      setAsOf(date === today ? null : date);
    }
    setMode(null);
    popover.close();
  };
  const label = booksOn ? `台账 ${booksOn}` : `灯号日期 ${asOf}`;
  const Icon = booksOn ? IconHistory : IconTrafficLights;
  return (
    <Popover opened={opened} onChange={popover.toggle} position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          leftSection={<Icon size={16} aria-hidden />}
          onClick={popover.toggle}
          aria-label={`${label}，点击更换`}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown c="var(--mantine-color-text)">
        <Stack gap="xs" w={270}>
          <SegmentedControl
            aria-label="换哪一种日期"
            size="xs"
            data={[
              { value: "lights", label: modes.lights.label },
              { value: "books", label: modes.books.label },
            ]}
            value={mode}
            onChange={(value) => setMode(value === "books" ? "books" : "lights")}
          />
          <Text size="xs" c="var(--text-quiet)">
            {modes[mode].text}
          </Text>
          {mode === "books" ? (
            <PastDays value={booksOn} onChange={choose} />
          ) : (
            <DatePicker value={asOf} defaultDate={asOf} onChange={choose} />
          )}
          <Button variant="default" disabled={isToday} onClick={() => choose(null)} c="var(--mantine-color-text)">
            回到今天
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Days that are over, since these books began. */
function PastDays({ value, onChange }: { value: string | null; onChange: (date: string | null) => void }) {
  const { today } = useSession();
  const firstDay = useQuery(api.past.state.queryOptions()).data?.firstDay ?? undefined;
  const yesterday = addDays(today, -1);
  if (firstDay !== undefined && firstDay > yesterday) {
    return <Text size="sm">本机的账从今天（{firstDay}）开始，还没有以前的台账可看。</Text>;
  }
  return (
    <DatePicker
      value={value}
      defaultDate={value ?? yesterday}
      minDate={firstDay}
      maxDate={yesterday}
      onChange={onChange}
    />
  );
}

/** Opens the ledger of a past day, or (null) that of today: on the page shown where it is of the ledger. */
export function useOpenBooks(): (date: string | null) => void {
  const navigate = useNavigate();
  const isLedger = useRouterState({ select: ({ location }) => location.pathname.startsWith("/projects") });
  return (date) => {
    const booksOn = date ?? undefined;
    if (isLedger) void navigate({ to: ".", search: (before) => ({ ...before, booksOn }) });
    else void navigate({ to: "/projects", search: { booksOn } });
  };
}
