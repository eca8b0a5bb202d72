import { Badge, Button, Table, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { KeyLink } from "#contract/keys.ts";
import { Fingerprint } from "#renderer/components/fingerprint.tsx";
import classes from "./keys.module.css";
import { RenewalDialog } from "./renewal-dialog.tsx";
import { RevokeDialog, type RevokedOffice } from "./revoke-dialog.tsx";

const stands = {
  current: ["teal", "用的是现在的密钥"],
  pending: ["blue", "随下一个同步包换用"],
  lost: ["orange", "须重新建立联系"],
  awaited: ["blue", "等待上级接纳"],
  revoked: ["red", "已挂失，待重新邀请"],
  invited: ["blue", "已邀请，等待申请"],
} as const;

const toOffices = (props: object) => <Link to="/offices" {...props} />;

/** Whose keys we know, and which of ours they use. */
export function KeyPeers({ links }: { links: readonly KeyLink[] }) {
  const [renewing, setRenewing] = useState<KeyLink | null>(null);
  const [revoking, setRevoking] = useState<RevokedOffice | null>(null);
  return (
    <section className={classes.part} aria-label="往来单位的密钥">
      <Title order={2} fz="md">
        往来单位的密钥
      </Title>
      {links.length === 0 ? (
        <Text size="sm" c="var(--text-quiet)">
          还没有建立同步关系的单位。
        </Text>
      ) : (
        <Table className={classes.table} aria-label="往来单位的密钥">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>单位</Table.Th>
              <Table.Th w={290}>对方指纹</Table.Th>
              <Table.Th w={110}>启用日期</Table.Th>
              <Table.Th w={180}>本单位密钥在对方那里</Table.Th>
              <Table.Th w={210}>办理</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {links.map((link) => (
              <Table.Tr key={link.peerId}>
                <Table.Td>
                  {link.peerName}（{link.role === "parent" ? "上级" : "下级"}）
                </Table.Td>
                <Table.Td>
                  <Fingerprint value={link.fingerprint} />
                </Table.Td>
                <Table.Td>{link.since ?? "—"}</Table.Td>
                <Table.Td>
                  <Badge color={stands[link.stand][0]}>{stands[link.stand][1]}</Badge>
                </Table.Td>
                <Table.Td>
                  {link.role === "child" ? (
                    <>
                      {link.stand === "lost" && (
                        <Button size="compact-sm" variant="default" mr={6} onClick={() => setRenewing(link)}>
                          重新建立联系
                        </Button>
                      )}
                      {link.stand === "revoked" && (
                        <Button size="compact-sm" variant="default" renderRoot={toOffices}>
                          去重新邀请
                        </Button>
                      )}
                      {link.stand !== "revoked" && link.stand !== "invited" && (
                        <Button
                          size="compact-sm"
                          variant="subtle"
                          color="red"
                          aria-label={`挂失${link.peerName}的密钥`}
                          onClick={() => setRevoking({ id: link.peerId, name: link.peerName })}
                        >
                          挂失
                        </Button>
                      )}
                    </>
                  ) : (
                    link.stand === "lost" && <Text size="sm">请上级挂失并重新邀请</Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <RenewalDialog link={renewing} onClose={() => setRenewing(null)} />
      <RevokeDialog office={revoking} onClose={() => setRevoking(null)} />
    </section>
  );
}
