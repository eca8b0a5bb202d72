import { NumberInput, Select, Text } from "@mantine/core";
import type { ScheduleItem } from "#domain/template.ts";
import { ItemList, type Keyed } from "./item-list.tsx";
import { Cell } from "./permit-items.tsx";

type Props = {
  items: Keyed<ScheduleItem>[];
  onChange: (items: Keyed<ScheduleItem>[]) => void;
  fresh: () => Keyed<ScheduleItem>;
  readOnly: boolean;
};

const heads = [
  { label: "节点名称" },
  { label: "前一项（办完才能开始）", width: 190 },
  { label: "用时（天）", width: 104 },
  { label: "完工前（天）", width: 104 },
  { label: "责任单位", width: 150 },
];

/** The nodes of a schedule: each follows another, or stands so many days before completion, or both. */
export function ScheduleItems({ items, onChange, fresh, readOnly }: Props) {
  const change = (item: Keyed<ScheduleItem>, next: Partial<ScheduleItem>) => {
    const renamed = next.name;
    onChange(
      items.map((each) => {
        if (each.key === item.key) return { ...each, ...next };
        // What follows a node goes on following it under its new name.
        return renamed !== undefined && each.after === item.name && item.name !== ""
          ? { ...each, after: renamed }
          : each;
      }),
    );
  };
  return (
    <>
      <Text size="xs" c="var(--text-quiet)">
        按自然日从完工日期往前推：“用时”是从前一项办完到本项办完的天数；“完工前”是最迟在完工前多少天办完，两样都填的取较早的一天。
        天数没有文件规定，由市级设定，不填即为“未设定”，倒排时由经办人填写日期。
      </Text>
      <ItemList
        label="倒排工期的节点"
        heads={heads}
        items={items}
        onChange={(next) => onChange(withoutLost(next))}
        fresh={fresh}
        nameOf={({ name }) => name}
        readOnly={readOnly}
        cells={(item) => (
          <>
            <td>
              <Cell
                label="节点名称"
                isName
                value={item.name}
                max={200}
                readOnly={readOnly}
                onChange={(name) => change(item, { name })}
              />
            </td>
            <td>
              {readOnly ? (
                item.after
              ) : (
                <Select
                  size="xs"
                  aria-label={`“${item.name}”的前一项`}
                  placeholder="没有"
                  clearable
                  clearButtonProps={{ "aria-label": "清除前一项" }}
                  data={[
                    ...new Set(
                      items.filter(({ key, name }) => key !== item.key && name !== "").map(({ name }) => name),
                    ),
                  ]}
                  value={item.after}
                  onChange={(after) => change(item, { after })}
                />
              )}
            </td>
            <td>
              <Days
                label={`“${item.name}”的用时`}
                value={item.duration}
                disabled={item.after === null}
                readOnly={readOnly}
                onChange={(duration) => change(item, { duration })}
              />
            </td>
            <td>
              <Days
                label={`“${item.name}”在完工前多少天`}
                value={item.daysBefore}
                readOnly={readOnly}
                onChange={(daysBefore) => change(item, { daysBefore })}
              />
            </td>
            <td>
              <Cell
                label="责任单位"
                value={item.responsibleUnit}
                max={80}
                readOnly={readOnly}
                onChange={(responsibleUnit) => change(item, { responsibleUnit })}
              />
            </td>
          </>
        )}
      />
    </>
  );
}

/** A node that was taken out is followed by nothing any more. */
function withoutLost(items: Keyed<ScheduleItem>[]): Keyed<ScheduleItem>[] {
  const names = new Set(items.map(({ name }) => name));
  return items.map((item) => (item.after !== null && !names.has(item.after) ? { ...item, after: null } : item));
}

type DaysProps = {
  label: string;
  value: number | null;
  disabled?: boolean;
  readOnly: boolean;
  onChange: (value: number | null) => void;
};

function Days({ label, value, disabled, readOnly, onChange }: DaysProps) {
  if (readOnly) return value === null ? "未设定" : `${value} 天`;
  return (
    <NumberInput
      size="xs"
      aria-label={label}
      placeholder="未设定"
      allowDecimal={false}
      allowNegative={false}
      max={3650}
      clampBehavior="strict"
      disabled={disabled}
      value={value ?? ""}
      onChange={(given) => onChange(given === "" ? null : Number(given))}
    />
  );
}
