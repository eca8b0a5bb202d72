import { useState } from "react";
import { ProjectInput } from "#renderer/components/reference-input.tsx";

type Props = { label: string; error?: string; onAdd: (project: { id: string; name: string }) => void };

const focus = (input: HTMLInputElement | null) => input?.focus();

/** A project picker that hands over each choice and stands empty and ready for the next. */
export function ProjectAdder({ label, error, onAdd }: Props) {
  const [round, setRound] = useState(0);
  return (
    <ProjectInput
      key={round}
      ref={round > 0 ? focus : undefined}
      label={label}
      error={error}
      placeholder="输入项目名称或拼音首字母，选中即加入"
      value={null}
      onChange={() => setRound(round + 1)}
      onPick={onAdd}
    />
  );
}
