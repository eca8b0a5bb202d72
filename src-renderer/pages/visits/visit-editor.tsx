import { Drawer } from "@mantine/core";
import type { VisitRow } from "#contract/ledger.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useWrite } from "#renderer/app/use-write.tsx";
import { RecordForm } from "#renderer/components/record-form.tsx";

type Props = {
  opened: boolean;
  onClose: () => void;
  /** The visit to change; absent for a new one. */
  visit?: VisitRow;
  /** Facts a new visit starts with, e.g. its project and secretary. */
  start?: { project_id?: string; person_id?: string };
};

const fields = ["visited_on", "form", "person_id", "people_met"] as const;
const findings = ["findings", "follow_up", "follow_up_on", "followed_up_on"] as const;

/** One visit, made to be filled from the keyboard in under a minute: today and 走访 are already there. */
export function VisitEditor({ opened, onClose, visit, start }: Props) {
  const { today } = useSession();
  const save = useWrite(client.visits.save, { done: "走访已保存。", onDone: onClose, inlineError: true });
  const project = start?.project_id ? [] : (["project_id"] as const);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={visit ? "修改走访记录" : "记录走访"}
      size={640}
      closeOnClickOutside={false}
    >
      <RecordForm
        key={visit?.id ?? "new"}
        entity="visit"
        groups={[{ fields: [...project, ...fields] }, { fields: findings }]}
        initial={visit ?? { visited_on: today, form: "visit", ...start }}
        isNew={!visit}
        pending={save.isPending}
        error={save.error}
        onSubmit={(values) => save.mutate({ id: visit?.id, values: visit ? values : { ...start, ...values } })}
        onCancel={onClose}
      />
    </Drawer>
  );
}
