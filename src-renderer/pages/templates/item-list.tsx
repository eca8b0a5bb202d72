import { ActionIcon, Button, Group } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import classes from "./templates.module.css";

export type Keyed<T> = T & { key: number };

type Props<T> = {
  label: string;
  heads: readonly { label: string; width?: number }[];
  items: readonly Keyed<T>[];
  onChange: (items: Keyed<T>[]) => void;
  /** A new, empty item. */
  fresh: () => Keyed<T>;
  nameOf: (item: T) => string;
  readOnly: boolean;
  /** The cells of one item; the first holds its name. */
  cells: (item: Keyed<T>, change: (next: Partial<T>) => void) => ReactNode;
};

/**
 * Items in their order. Alt+↑ and Alt+↓ move the item that the caret is in, Ctrl+Enter is the form's, Enter adds one
 * below.
 */
export function ItemList<T>({ label, heads, items, onChange, fresh, nameOf, readOnly, cells }: Props<T>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const focusKey = useRef<number | null>(null);
  useEffect(() => {
    if (focusKey.current === null) return;
    body.current?.querySelector<HTMLElement>(`[data-item="${focusKey.current}"] input`)?.focus();
    focusKey.current = null;
  });

  const move = (at: number, by: number) => {
    const item = items[at];
    const to = at + by;
    if (!item || to < 0 || to >= items.length) return;
    const rest = items.filter((each) => each !== item);
    focusKey.current = item.key;
    onChange([...rest.slice(0, to), item, ...rest.slice(to)]);
  };
  const add = (after: number) => {
    const item = fresh();
    focusKey.current = item.key;
    onChange([...items.slice(0, after + 1), item, ...items.slice(after + 1)]);
  };
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    if (readOnly || event.nativeEvent.isComposing) return;
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    const isName = event.target instanceof HTMLInputElement && event.target.dataset.itemName !== undefined;
    if (by !== undefined) move(at, by);
    else if (event.key === "Enter" && !event.ctrlKey && isName) add(at);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <table className={classes.items} aria-label={label}>
        <thead>
          <tr>
            <th style={{ width: 34 }}>序</th>
            {heads.map((head) => (
              <th key={head.label} style={{ width: head.width }}>
                {head.label}
              </th>
            ))}
            {!readOnly && <th style={{ width: 96 }}>顺序</th>}
          </tr>
        </thead>
        <tbody ref={body}>
          {items.map((item, at) => (
            <tr key={item.key} data-item={item.key} onKeyDown={(event) => onKeyDown(event, at)}>
              <td>{at + 1}</td>
              {cells(item, (next) => onChange(items.map((each) => (each === item ? { ...each, ...next } : each))))}
              {!readOnly && (
                <td>
                  <Group gap={2} wrap="nowrap">
                    <Act label={`上移“${nameOf(item)}”`} disabled={at === 0} onClick={() => move(at, -1)}>
                      <IconArrowUp size={16} aria-hidden />
                    </Act>
                    <Act label={`下移“${nameOf(item)}”`} disabled={at === items.length - 1} onClick={() => move(at, 1)}>
                      <IconArrowDown size={16} aria-hidden />
                    </Act>
                    <Act
                      label={`去掉“${nameOf(item)}”`}
                      onClick={() => onChange(items.filter((each) => each !== item))}
                    >
                      <IconTrash size={16} aria-hidden />
                    </Act>
                  </Group>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {!readOnly && (
        <Group mt={6}>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => add(items.length - 1)}
          >
            加一项
          </Button>
        </Group>
      )}
    </>
  );
}

type ActProps = { label: string; disabled?: boolean; onClick: () => void; children: ReactNode };

function Act({ label, disabled, onClick, children }: ActProps) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      {children}
    </ActionIcon>
  );
}
