import { Alert, Button, Group, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useSession } from "#renderer/app/session.tsx";

/** An office without any project yet: where its projects come from. */
export function FirstSteps() {
  const { office } = useSession();
  const isStreet = office.level === "street";
  return (
    <Alert color="blue" p="xs" mb="sm" icon={<IconInfoCircle />} style={{ flexShrink: 0 }}>
      <Group justify="space-between">
        <Text size="sm">
          {isStreet
            ? "台账还没有项目。先导入现有的 Excel 台账或逐个新建，这里就会列出要办的事。"
            : "台账还没有项目。邀请下级单位加入，项目会随下级的同步包到来；也可以导入现有的 Excel 台账或逐个新建。"}
        </Text>
        <Group gap="xs">
          {!isStreet && (
            <Button
              size="compact-sm"
              variant="default"
              renderRoot={(props) => <Link to="/offices" search={{ tab: "offices" }} {...props} />}
            >
              邀请下级单位
            </Button>
          )}
          <Button size="compact-sm" renderRoot={(props) => <Link to="/projects" {...props} />}>
            去项目台账
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}
