/** Ctrl+K: pages, acts, projects and people, found by a few letters and opened without the mouse. */
import { Combobox, Modal, Text, TextInput, useCombobox } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useCallback, useEffect, useState } from "react";
import { useShortcut } from "#renderer/app/shortcuts.ts";
import classes from "./palette.module.css";
import type { PaletteItem } from "./palette-items.ts";
import { usePaletteGroups } from "./use-palette-groups.ts";

export function Palette() {
  const [opened, palette] = useDisclosure(false);
  // An act takes the focus where it leads; only leaving without one gives it back.
  const [returnFocus, setReturnFocus] = useState(true);
  const open = useCallback(() => {
    setReturnFocus(true);
    palette.open();
  }, [palette.open]);
  useShortcut("Ctrl+K", "查找项目、人员、页面和操作", open, { whileTyping: true });
  return (
    <Modal.Root
      opened={opened}
      onClose={palette.close}
      returnFocus={returnFocus}
      size={640}
      yOffset={72}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label="查找">
        <Search
          onClose={palette.close}
          onRun={(item) => {
            setReturnFocus(false);
            palette.close();
            // Once the window is gone: what opens next takes the focus for itself.
            setTimeout(item.run);
          }}
        />
      </Modal.Content>
    </Modal.Root>
  );
}

function Search({ onClose, onRun }: { onClose: () => void; onRun: (item: PaletteItem) => void }) {
  const combobox = useCombobox({ opened: true });
  const [text, setText] = useState("");
  /** What is asked for; stays behind while the input method is composing. */
  const [wanted, setWanted] = useState("");
  const { groups, isBehind } = usePaletteGroups(wanted);
  const items = groups.flatMap((group) => group.items);
  const shown = items.map(({ id }) => id).join(" ");
  const { selectFirstOption } = combobox;
  // Whenever other lines are shown, Enter means the first of them.
  useEffect(() => {
    if (shown !== "") selectFirstOption();
  }, [shown, selectFirstOption]);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const item = items.find((each) => each.id === id);
        if (item) onRun(item);
      }}
    >
      <Combobox.EventsTarget>
        <TextInput
          aria-label="查找项目、人员、页面和操作"
          placeholder="项目、人员、页面、操作：名称或拼音首字母"
          size="md"
          variant="unstyled"
          classNames={{ root: classes.search }}
          leftSection={<IconSearch size={18} aria-hidden />}
          maxLength={100}
          data-autofocus
          value={text}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setText(value);
            if (!(event.nativeEvent as InputEvent).isComposing) setWanted(value.trim());
          }}
          onCompositionEnd={(event) => setWanted(event.currentTarget.value.trim())}
          onKeyDown={(event) => {
            if (event.key === "Escape" && !event.nativeEvent.isComposing) onClose();
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={classes.options} aria-label="找到的">
        {groups.map((group) => (
          <Combobox.Group key={group.title} label={group.title}>
            {group.items.map((item) => (
              <Combobox.Option key={item.id} value={item.id} className={classes.option}>
                <span className={classes.label}>{item.label}</span>
                {item.hint && <span className={classes.hint}>{item.hint}</span>}
              </Combobox.Option>
            ))}
          </Combobox.Group>
        ))}
      </Combobox.Options>
      {items.length === 0 && !isBehind && (
        <Text size="sm" c="var(--text-quiet)" p="md" role="status">
          没有找到“{wanted}”。可以输入名称中的几个字，或拼音首字母，如 dldt。
        </Text>
      )}
    </Combobox>
  );
}
