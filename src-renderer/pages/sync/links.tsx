import { Badge, Button, Group, Text } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { LinkState } from "#contract/exchange.ts";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { Facts } from "#renderer/components/facts.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { Fingerprint } from "#renderer/components/fingerprint.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import { ExportDialog } from "./export-dialog.tsx";
import classes from "./sync.module.css";
import { useWaiting } from "./use-waiting.ts";

/** One card per office with which files are exchanged: the parent first. */
export function Links() {
  const query = useQuery(api.exchange.links.queryOptions());
  const [exporting, setExporting] = useState<LinkState | null>(null);
  if (query.isError) return <FailureAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Waiting what="正在读取同步关系" height={220} />;
  if (query.data.length === 0) return <NoLinks />;
  const links = query.data.toSorted((a, b) => Number(b.role === "parent") - Number(a.role === "parent"));
  return (
    <>
      <div className={classes.links}>
        {links.map((link) => (
          <LinkCard key={link.peerId} link={link} onExport={() => setExporting(link)} />
        ))}
      </div>
      <ExportDialog link={exporting} onClose={() => setExporting(null)} />
    </>
  );
}

const roles = { parent: "上级", child: "下级" } as const;
const states = { invited: "已邀请，等待加入申请", active: "往来中", revoked: "已停用" } as const;

function LinkCard({ link, onExport }: { link: LinkState; onExport: () => void }) {
  const waiting = useWaiting(link.peerId);
  return (
    <section className={classes.link} aria-label={link.peerName}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text fw={600} truncate>
          {link.peerName}
        </Text>
        <Group gap={4} wrap="nowrap">
          <Badge color={link.role === "parent" ? "sea" : "gray"}>{roles[link.role]}</Badge>
          {link.state !== "active" && <Badge color="orange">{states[link.state]}</Badge>}
        </Group>
      </Group>
      <Facts
        items={[
          ["最近发出", numbered(link.lastSentNumber, link.lastSentAt)],
          ["对方已确认", numbered(link.lastAcknowledgedNumber, link.lastAcknowledgedAt)],
          ["最近收到", numbered(link.lastReceivedNumber, link.lastReceivedAt)],
          ["待对方确认", waiting === undefined ? "正在统计……" : `${waiting.toLocaleString("zh-CN")} 条变动`],
          ["对方指纹", link.fingerprint && <Fingerprint key="fingerprint" value={link.fingerprint} />],
        ]}
      />
      {link.parked.length > 0 && (
        <div className={classes.parked} role="note">
          <b>暂存 {link.parked.length} 个包</b>
          {link.parked.map((parked) => (
            <div key={parked.fileName}>
              {parked.fileName}：{parked.reason}
            </div>
          ))}
        </div>
      )}
      <Group mt="auto" pt={6}>
        <Button
          size="compact-md"
          leftSection={<IconUpload size={16} aria-hidden />}
          disabled={link.state !== "active"}
          aria-label={`导出同步包 给${link.peerName}`}
          onClick={onExport}
        >
          导出同步包
        </Button>
      </Group>
    </section>
  );
}

function numbered(number: number | null, at: string | null): string {
  if (number === null) return "还没有";
  return at ? `第 ${number} 号，${at}` : `第 ${number} 号`;
}

function NoLinks() {
  const { office } = useSession();
  if (office.level === "street") {
    return <EmptyState title="还没有同步关系" next="用上级发来的邀请文件加入后，这里会出现与上级的往来。" />;
  }
  return (
    <EmptyState
      title="还没有同步关系"
      next="先到“单位与设定”邀请下级单位，对方交回加入申请并被接纳后，这里就能向它导出和从它导入。"
    >
      <Button renderRoot={(props) => <Link to="/offices" {...props} />}>去邀请下级单位</Button>
    </EmptyState>
  );
}
