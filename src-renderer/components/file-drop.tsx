import { Button, Group, Text } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useRef, useState } from "react";
import classes from "./file-drop.module.css";

type Props = {
  /** What belongs here, e.g. "同步包文件". */
  label: string;
  /** File name endings for the dialog, e.g. ".xlsx,.csv". The core checks the contents. */
  accept: string;
  busy?: boolean;
  onFile: (file: File) => void;
};

/** A place to drop one file on, or to choose it by button. */
export function FileDrop({ label, accept, busy = false, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !busy) onFile(file);
  };
  return (
    <section
      className={classes.drop}
      data-over={over || undefined}
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <Group justify="center" gap="md">
        <IconFileUpload size={28} stroke={1.4} aria-hidden />
        <div>
          <Text fw={600}>{label}</Text>
          <Text size="sm" c="var(--text-quiet)">
            把文件拖到这里，或点右边的按钮选择
          </Text>
        </div>
        <Button loading={busy} onClick={() => input.current?.click()}>
          选择文件
        </Button>
      </Group>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={(event) => {
          take(event.currentTarget.files);
          // The same file may be chosen again after it was corrected.
          event.currentTarget.value = "";
        }}
      />
    </section>
  );
}
