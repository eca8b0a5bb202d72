/** Choosing a folder: the system's dialog in Electron, our own in a browser window. */
import { Alert, Button, Group, Modal, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconFolder, IconFolderUp, IconUsb } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { api } from "#renderer/app/rpc.ts";
import { FailureAlert } from "./failure-alert.tsx";
import classes from "./folder-picker.module.css";

type Props = {
  label: string;
  /** The chosen folder's path, or null. */
  value: string | null;
  onChange: (path: string) => void;
  disabled?: boolean;
};

export function FolderPicker({ label, value, onChange, disabled }: Props) {
  const [opened, setOpened] = useState(false);
  const pick = async () => {
    const bridge = window.lianxinqiao;
    if (!bridge) return setOpened(true);
    const path = await bridge.pickFolder();
    if (path) onChange(path);
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        data-autofocus={value === null || undefined}
        variant="default"
        leftSection={<IconFolder size={16} aria-hidden />}
        onClick={() => void pick()}
        disabled={disabled}
      >
        {label}
      </Button>
      <Text size="sm" truncate="start" c={value ? undefined : "var(--text-quiet)"} title={value ?? undefined}>
        {value ?? "还没有选择"}
      </Text>
      <Modal opened={opened} onClose={() => setOpened(false)} title={label} size="lg">
        <FolderDialog
          start={value}
          onChoose={(path) => {
            onChange(path);
            setOpened(false);
          }}
        />
      </Modal>
    </Group>
  );
}

function FolderDialog({ start, onChoose }: { start: string | null; onChoose: (path: string) => void }) {
  const [path, setPath] = useState(start ?? undefined);
  const listing = useQuery({
    ...api.folders.list.queryOptions({ input: { path } }),
    placeholderData: (before) => before,
  });
  const { data } = listing;
  const places = [...(data?.places ?? [])].sort((a, b) => Number(b.removable) - Number(a.removable));
  return (
    <Stack gap="sm">
      <FailureAlert error={listing.error} onRetry={() => setPath(undefined)} />
      <Group gap="xs">
        {places.map((place) => (
          <Button
            key={place.path}
            size="compact-md"
            variant={place.removable ? "light" : "default"}
            leftSection={place.removable ? <IconUsb size={16} aria-hidden /> : <IconFolder size={16} aria-hidden />}
            onClick={() => setPath(place.path)}
          >
            {place.name}
          </Button>
        ))}
      </Group>
      <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
        {data?.path ?? " "}
      </Text>
      <div className={classes.list}>
        {data?.parent && (
          <FolderRow
            name="上一级"
            icon={<IconFolderUp size={18} aria-hidden />}
            onOpen={() => setPath(data.parent ?? "")}
          />
        )}
        {data?.folders.map((folder) => (
          <FolderRow
            key={folder.path}
            name={folder.name}
            icon={<IconFolder size={18} aria-hidden />}
            onOpen={() => setPath(folder.path)}
          />
        ))}
        {data?.folders.length === 0 && (
          <Text size="sm" c="var(--text-quiet)" p="sm">
            这里没有下级文件夹
          </Text>
        )}
      </div>
      {data && !data.writable && <Alert color="red">这个文件夹不能写入，请换一个，或检查U盘是否写保护。</Alert>}
      <Group justify="space-between">
        <Text size="sm" c="var(--text-quiet)">
          {data ? `可用空间 ${bytesText(data.freeBytes)}` : " "}
        </Text>
        <Button disabled={!data?.writable || listing.isError} onClick={() => data && onChoose(data.path)}>
          选择这个文件夹
        </Button>
      </Group>
    </Stack>
  );
}

function FolderRow({ name, icon, onOpen }: { name: string; icon: ReactNode; onOpen: () => void }) {
  return (
    <UnstyledButton className={classes.folder} onClick={onOpen}>
      {icon}
      <span>{name}</span>
    </UnstyledButton>
  );
}

function bytesText(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3;
  return gigabytes >= 1 ? `${gigabytes.toFixed(1)} GB` : `${Math.round(bytes / 1024 ** 2)} MB`;
}
