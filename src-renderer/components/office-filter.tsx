import { placeWords } from "#domain/values.ts";
import { useSession } from "#renderer/app/session.tsx";
import { OfficeInput } from "./reference-input.tsx";

type Props = { value: string | undefined; onChange: (officeId: string | undefined) => void; width: number };

/** Narrows a list to a district or street with what is below it; a street has nothing to choose from. */
export function OfficeFilter({ value, onChange, width }: Props) {
  const { office } = useSession();
  if (office.level === "street") return null;
  const label = office.level === "city" ? "地区或街道" : placeWords[office.level].one;
  return (
    <OfficeInput
      aria-label={label}
      placeholder={label}
      w={width}
      clearable
      value={value ?? null}
      onChange={(id) => onChange(id ?? undefined)}
    />
  );
}
