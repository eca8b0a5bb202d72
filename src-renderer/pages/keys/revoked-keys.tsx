import { Table, Text, Title } from "@mantine/core";
import type { KeyState } from "#contract/keys.ts";
import { Fingerprint } from "#renderer/components/fingerprint.tsx";
import classes from "./keys.module.css";

/** The list of revoked keys as it stands here: ours and what came from above. It only grows. */
export function RevokedKeys({ revoked }: { revoked: KeyState["revoked"] }) {
  return (
    <section className={classes.part} aria-label="挂失名单">
      <Title order={2} fz="md">
        挂失名单
      </Title>
      {revoked.length === 0 ? (
        <Text size="sm" c="var(--text-quiet)">
          没有挂失的密钥。下级丢失电脑或密钥时，在上面或“单位”页办理挂失；名单随每个同步包下发，只增不减。
        </Text>
      ) : (
        <Table className={classes.table} aria-label="挂失名单">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>单位</Table.Th>
              <Table.Th w={290}>挂失的指纹</Table.Th>
              <Table.Th w={110}>挂失日期</Table.Th>
              <Table.Th>原因</Table.Th>
              <Table.Th w={160}>由谁挂失</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {revoked.map((entry) => (
              <Table.Tr key={`${entry.issuer} ${entry.fingerprint}`}>
                <Table.Td>{entry.office}</Table.Td>
                <Table.Td>
                  <Fingerprint value={entry.fingerprint} />
                </Table.Td>
                <Table.Td>{entry.revokedOn}</Table.Td>
                <Table.Td>{entry.reason}</Table.Td>
                <Table.Td>{entry.issuer}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
