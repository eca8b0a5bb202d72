import { Code } from "@mantine/core";

/** A key fingerprint, as it is read aloud on the phone. */
export function Fingerprint({ value }: { value: string }) {
  return (
    <Code fz="md" fw={600} mx={4} style={{ whiteSpace: "nowrap" }}>
      {value}
    </Code>
  );
}
