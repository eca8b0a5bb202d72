import { Select, Text, TextInput } from "@mantine/core";
import { DayInput } from "#renderer/components/day-input.tsx";
import { openPlanActs, type PlanLine, planActs, planRemark } from "./plan-lines.ts";
import classes from "./schedule.module.css";

type Props = {
  lines: PlanLine[];
  today: string;
  onChange: (lines: PlanLine[]) => void;
  /** Gives the marker of a line whose day cannot be read. */
  onInvalid: (name: string) => (bad: boolean) => void;
};

/** The plan as it would be made; every day and unit can be changed here first. */
export function PlanTable({ lines, today, onChange, onInvalid }: Props) {
  const change = (line: PlanLine, next: Partial<PlanLine>) =>
    onChange(lines.map((each) => (each === line ? { ...each, ...next } : each)));
  return (
    <table className={classes.plan} aria-label="倒排出的节点">
      <thead>
        <tr>
          <th>节点</th>
          <th style={{ width: 128 }}>处理</th>
          <th style={{ width: 150 }}>计划完成日期</th>
          <th style={{ width: 160 }}>责任单位</th>
          <th style={{ width: 250 }}>请核对</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const acts = openPlanActs(line);
          const isSkipped = line.act === "skip";
          return (
            <tr key={line.name} data-skipped={isSkipped || undefined}>
              <td>{line.name}</td>
              <td>
                <Select
                  size="xs"
                  aria-label={`“${line.name}”的处理`}
                  data={acts.map((act) => ({ value: act, label: planActs[act] }))}
                  value={line.act}
                  allowDeselect={false}
                  disabled={acts.length === 1}
                  onChange={(act) => act && change(line, { act: act as PlanLine["act"] })}
                />
              </td>
              <td>
                <DayInput
                  size="xs"
                  aria-label={`“${line.name}”的计划完成日期`}
                  disabled={isSkipped}
                  value={line.plannedOn}
                  onChange={(plannedOn) => change(line, { plannedOn })}
                  onInvalid={onInvalid(line.name)}
                />
              </td>
              <td>
                {line.act === "move" ? (
                  line.existing?.responsible_unit
                ) : (
                  <TextInput
                    size="xs"
                    aria-label={`“${line.name}”的责任单位`}
                    maxLength={80}
                    disabled={isSkipped}
                    value={line.responsibleUnit}
                    onChange={(event) => change(line, { responsibleUnit: event.currentTarget.value })}
                  />
                )}
              </td>
              <td>
                <Text size="xs">{planRemark(line, lines, today)}</Text>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
