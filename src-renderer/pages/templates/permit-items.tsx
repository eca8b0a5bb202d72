import { Checkbox, Group, Text, TextInput } from "@mantine/core";
import { type PermitGroup, type PermitItem, sourceCounts } from "#domain/template.ts";
import { groupsText } from "#domain/template-text.ts";
import { keysOf, permitGroups } from "#domain/values.ts";
import { ItemList, type Keyed } from "./item-list.tsx";

type Props = {
  items: Keyed<PermitItem>[];
  onChange: (items: Keyed<PermitItem>[]) => void;
  fresh: () => Keyed<PermitItem>;
  readOnly: boolean;
};

const heads = [
  { label: "手续名称" },
  { label: "归入", width: 290 },
  { label: "审批部门", width: 150 },
  { label: "说明", width: 150 },
];

/** The permits of a list, and which of them are members of the groups that the press counts. */
export function PermitItems({ items, onChange, fresh, readOnly }: Props) {
  const source = keysOf(permitGroups).map((group) => `${permitGroups[group]} ${sourceCounts[group]} 项`);
  return (
    <>
      <Text size="xs" c="var(--text-quiet)">
        {!readOnly && `现已归入：${groupsText(items)}。`}公开报道只提到{source.join("、")}
        ，没有列出成员；归入哪些由市级确定，不归入即为“未设定”。
      </Text>
      <ItemList
        label="手续清单"
        heads={heads}
        items={items}
        onChange={onChange}
        fresh={fresh}
        nameOf={({ name }) => name}
        readOnly={readOnly}
        cells={(item, change) => (
          <>
            <td>
              <Cell
                label="手续名称"
                isName
                value={item.name}
                max={200}
                readOnly={readOnly}
                onChange={(name) => change({ name })}
              />
            </td>
            <td>
              {readOnly ? (
                item.groups.map((group) => permitGroups[group]).join("、") || "未归入"
              ) : (
                <Group gap={10} wrap="nowrap">
                  {keysOf(permitGroups).map((group) => (
                    <Checkbox
                      key={group}
                      size="xs"
                      label={permitGroups[group]}
                      checked={item.groups.includes(group)}
                      onChange={() => change({ groups: toggled(item.groups, group) })}
                    />
                  ))}
                </Group>
              )}
            </td>
            <td>
              <Cell
                label="审批部门"
                value={item.authority}
                max={80}
                readOnly={readOnly}
                onChange={(authority) => change({ authority })}
              />
            </td>
            <td>
              <Cell
                label="说明"
                value={item.note}
                max={400}
                readOnly={readOnly}
                onChange={(note) => change({ note })}
              />
            </td>
          </>
        )}
      />
    </>
  );
}

function toggled(groups: readonly PermitGroup[], group: PermitGroup): PermitGroup[] {
  return keysOf(permitGroups).filter((each) => groups.includes(each) !== (each === group));
}

type CellProps = {
  label: string;
  value: string;
  max: number;
  isName?: boolean;
  readOnly: boolean;
  onChange: (value: string) => void;
};

/** A text of an item; only text where the template is read. */
export function Cell({ label, value, max, isName, readOnly, onChange }: CellProps) {
  if (readOnly) return value;
  return (
    <TextInput
      size="xs"
      aria-label={label}
      data-item-name={isName ? "" : undefined}
      maxLength={max}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
