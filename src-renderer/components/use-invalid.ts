import { useState } from "react";

/** Which controls of a form now hold text that is no value (see FieldControl's onInvalid). */
export function useInvalid() {
  const [names, setNames] = useState<ReadonlySet<string>>(new Set());
  return {
    any: names.size > 0,
    mark: (name: string) => (bad: boolean) =>
      setNames((before) => new Set(bad ? [...before, name] : [...before].filter((each) => each !== name))),
  };
}
