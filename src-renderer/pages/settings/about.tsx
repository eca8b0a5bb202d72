import { Button, CopyButton, Group, Table, Text, Title } from "@mantine/core";
import { useSession } from "#renderer/app/session.tsx";
import classes from "./settings.module.css";

/** The main parts this program is made of; the complete texts come with the installed program. */
const parts = [
  ["Electron", "MIT", "桌面窗口"],
  ["SQLite、better-sqlite3", "公有领域、MIT", "数据库"],
  ["Kysely", "MIT", "数据库查询"],
  ["React、Mantine、Tabler Icons", "MIT", "界面"],
  ["TanStack Query、Router、Virtual", "MIT", "界面数据、页面和长表格"],
  ["oRPC、Zod", "MIT", "内部调用和校验"],
  ["age-encryption、noble", "BSD-3-Clause、MIT", "同步包的加密和签名"],
  ["ExcelJS、Papa Parse", "MIT", "表格读写"],
  ["pinyin-pro、Day.js", "MIT", "拼音检索、日历"],
] as const;

export function About() {
  const { version, shell } = useSession();
  const way = shell === "electron" ? "桌面程序" : "本机浏览器窗口";
  return (
    <div className={classes.scroll}>
      <section className={classes.part} aria-label="关于连心桥" style={{ maxWidth: 820 }}>
        <Title order={2} fz="md">
          连心桥 {version}
        </Title>
        <Text size="sm">
          项目服务秘书的离线台账：单机使用，以文件同步，打印进度表。不连接任何网络，不向外发送数据。不得录入和处理国家秘密。
        </Text>
        <Group gap="sm">
          <Text size="sm" c="var(--text-quiet)">
            运行方式：{way}
          </Text>
          <CopyButton value={`连心桥 ${version}，${way}，${navigator.userAgent}`}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? "已复制" : "复制版本信息"}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Table className={classes.table} aria-label="使用的开源软件">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>使用的开源软件</Table.Th>
              <Table.Th w={180}>许可</Table.Th>
              <Table.Th w={240}>用途</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {parts.map(([name, licence, use]) => (
              <Table.Tr key={name}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>{licence}</Table.Td>
                <Table.Td>{use}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </div>
  );
}
