import { Select, Table } from "@mantine/core";
import type { SpreadsheetPreview } from "#contract/spreadsheet.ts";
import { fieldsOf } from "#domain/registry.ts";
import classes from "./import.module.css";

/** Head → registry field, as the clerk changed it; null leaves the column out. */
export type ColumnChoice = Record<string, string | null>;

type Props = {
  columns: SpreadsheetPreview["columns"];
  disabled: boolean;
  onChange: (change: ColumnChoice) => void;
};

const fields = fieldsOf("project")
  .filter(([, field]) => !field.byAct)
  .map(([name, field]) => ({ value: name, label: field.label }));

/** Which registry field each column of the file fills; a change reads the file again. */
export function Columns({ columns, disabled, onChange }: Props) {
  const used = new Set(columns.map(({ field }) => field));
  return (
    <div className={classes.scroll}>
      <Table className={classes.columns} aria-label="列对应" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={320}>表头</Table.Th>
            <Table.Th w={300}>导入为</Table.Th>
            <Table.Th w={90}>单位</Table.Th>
            <Table.Th>说明</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map((column) => (
            <Table.Tr key={column.head}>
              <Table.Td>{column.head}</Table.Td>
              <Table.Td>
                {column.field === "id" ? (
                  "系统编号"
                ) : (
                  <Select
                    aria-label={`“${column.head}”导入为`}
                    placeholder="不导入"
                    searchable
                    clearable={column.field !== "name"}
                    clearButtonProps={{ "aria-label": "不导入这一列" }}
                    disabled={disabled}
                    data={fields.map((field) => ({
                      ...field,
                      disabled: used.has(field.value) && field.value !== column.field,
                    }))}
                    value={column.field}
                    onChange={(field) => onChange({ [column.head]: field })}
                  />
                )}
              </Table.Td>
              <Table.Td>{column.unit}</Table.Td>
              <Table.Td>{remark(column)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** What the core says of a column beyond the field's name: an assumed unit, a second column of the same field. */
function remark({ field, label }: SpreadsheetPreview["columns"][number]): string {
  return label === fields.find(({ value }) => value === field)?.label || label === "不导入" ? "" : label;
}
