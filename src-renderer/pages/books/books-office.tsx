import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ancestorsOf, subtreeIds } from "#domain/office-tree.ts";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";

type Props = { value: string | undefined; onChange: (officeId: string | undefined) => void };

/** Whose books: this office's own, those of the offices above it, and of those below. */
export function BooksOffice({ value, onChange }: Props) {
  const { office } = useSession();
  const { data = [] } = useQuery(api.offices.list.queryOptions());
  const offices = data.filter(({ archived_on }) => archived_on === null);
  const below = subtreeIds(offices, office.id);
  const above = ancestorsOf(offices, office.id).filter(({ id }) => id !== office.id);
  const shown = [
    ...above,
    ...offices.filter(({ id, level }) => below.has(id) && (level !== "street" || office.level !== "city")),
  ];
  return (
    <Select
      aria-label="谁的账"
      w={250}
      searchable
      allowDeselect={false}
      data={shown.map(({ id, name }) => ({ value: id, label: id === office.id ? `${name}（本单位）` : name }))}
      value={value ?? office.id}
      onChange={(id) => onChange(id === null || id === office.id ? undefined : id)}
    />
  );
}
