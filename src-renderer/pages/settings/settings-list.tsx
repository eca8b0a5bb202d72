import { Alert, Anchor, Button, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SettingEntry } from "#contract/office.ts";
import { settingStanding, settingText } from "#domain/setting-text.ts";
import { api } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ListTools } from "#renderer/components/list-tools.tsx";
import type { SizedColumn } from "#renderer/components/table-types.ts";
import { WaitingRows } from "#renderer/components/waiting.tsx";
import { SettingEditor } from "./setting-editor.tsx";
import classes from "./settings.module.css";

/** Every city-wide setting with its source beside it; only the city changes them. */
export function SettingsList() {
  const { office } = useSession();
  const query = useQuery(api.settings.list.queryOptions());
  const [editing, setEditing] = useState<SettingEntry | null>(null);
  const isCity = office.level === "city";
  return (
    <div className={classes.scroll}>
      <ListTools list={{ list: "settings" }} columns={columns} storageKey="settings" isEmpty={!query.data} />
      {!isCity && (
        <Alert color="gray" p="xs" mb="sm">
          这些设定由市级统一规定，随同步包下发；本单位只能查看，需要调整请向市级反映。按这些设定算出的灯号见
          <Anchor size="sm" renderRoot={(props) => <Link to="/nodes" {...props} />}>
            节点
          </Anchor>
          。
        </Alert>
      )}
      <FailureAlert error={query.error} onRetry={() => void query.refetch()} />
      <Table className={classes.table} aria-label="全市设定" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>设定</Table.Th>
            <Table.Th w={220}>现在的值</Table.Th>
            <Table.Th>依据</Table.Th>
            {isCity && <Table.Th w={90}>办理</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {query.data?.map((entry) => (
            <Table.Tr key={entry.key}>
              <Table.Td>{entry.label}</Table.Td>
              <Table.Td>
                <Text size="sm" fw={600}>
                  {settingText(entry)}
                </Text>
                <Text size="xs" c="var(--text-quiet)">
                  {settingStanding(entry)}
                </Text>
              </Table.Td>
              <Table.Td>{entry.source}</Table.Td>
              {isCity && (
                <Table.Td>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`修改：${entry.label}`}
                    onClick={() => setEditing(entry)}
                  >
                    修改
                  </Button>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {!query.data && <WaitingRows />}
      <SettingEditor entry={editing} onClose={() => setEditing(null)} />
    </div>
  );
}

/** The same on paper and in the spreadsheet. */
const columns: readonly SizedColumn[] = [
  { key: "label", width: 260 },
  { key: "value", width: 160 },
  { key: "standing", width: 180 },
  { key: "source", width: 420 },
];
