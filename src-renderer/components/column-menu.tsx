import { Button, Checkbox, Group, Popover, SimpleGrid, Stack } from "@mantine/core";
import { IconColumns } from "@tabler/icons-react";

type Props = {
  columns: readonly { key: string; header: string }[];
  choice: { isShown: (key: string) => boolean; toggle: (key: string) => void; reset: () => void };
  /** Column that is always shown (the one that opens the row). */
  fixed: string;
};

/** Choice of the columns shown in a table. */
export function ColumnMenu({ columns, choice, fixed }: Props) {
  return (
    <Popover position="bottom-end" withArrow trapFocus shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns size={16} aria-hidden />}>
          显示列
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm" mah="60vh" style={{ overflowY: "auto" }}>
          <SimpleGrid cols={2} spacing="lg" verticalSpacing={8}>
            {columns.map(({ key, header }) => (
              <Checkbox
                key={key}
                label={header}
                checked={key === fixed || choice.isShown(key)}
                disabled={key === fixed}
                onChange={() => choice.toggle(key)}
              />
            ))}
          </SimpleGrid>
          <Group>
            <Button variant="default" size="compact-sm" onClick={choice.reset}>
              恢复默认
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
