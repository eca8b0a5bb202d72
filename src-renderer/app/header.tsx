import { ActionIcon, Badge, Button, Loader, Menu, Modal, Tooltip, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDeviceDesktop, IconHelp, IconKeyboard, IconMoon, IconSun, IconUser } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { officeLevels } from "#domain/values.ts";
import { PersonList } from "#renderer/pages/start/person-list.tsx";
import { DateMenu } from "./date-picker.tsx";
import { phaseText, useImporting } from "./importing.ts";
import { useSession } from "./session.tsx";
import classes from "./shell.module.css";

type Props = { onHelp: () => void; onShortcuts: () => void };

export function Header({ onHelp, onShortcuts }: Props) {
  const session = useSession();
  const [choosing, chooser] = useDisclosure(false);
  return (
    <header className={classes.header}>
      <div className={classes.brand}>连心桥</div>
      <div className={classes.office} title={officeLevels[session.office.level]}>
        {session.office.name}
      </div>
      {session.isDemo && (
        <Badge variant="filled" color="orange.2" c="dark.9">
          演示数据
        </Badge>
      )}
      <div style={{ flex: 1 }} />
      <ImportNotice />
      <div className={classes.notice}>不得处理国家秘密</div>
      <DateMenu />
      <Button
        variant="subtle"
        leftSection={<IconUser size={16} aria-hidden />}
        onClick={chooser.open}
        aria-label={`经办人 ${session.person.name}，点击更换`}
      >
        {session.person.name}
      </Button>
      <SchemeMenu />
      <Tooltip label="快捷键（?）">
        <ActionIcon onClick={onShortcuts} aria-label="快捷键" size="lg">
          <IconKeyboard size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="帮助（F1）">
        <ActionIcon onClick={onHelp} aria-label="帮助" size="lg">
          <IconHelp size={18} />
        </ActionIcon>
      </Tooltip>
      <Modal opened={choosing} onClose={chooser.close} title="更换经办人">
        <PersonList people={session.people} currentId={session.person.id} onChosen={chooser.close} />
      </Modal>
    </header>
  );
}

/** Seen from every page; leads to where the import can be given up. */
function ImportNotice() {
  const progress = useImporting();
  if (!progress) return null;
  return (
    <Link to="/sync" className={classes.importing}>
      <Loader size={14} color="#fff" aria-hidden />
      导入同步包：{phaseText(progress)}
    </Link>
  );
}

const schemes = [
  { value: "light", label: "浅色", icon: IconSun },
  { value: "dark", label: "深色", icon: IconMoon },
  { value: "auto", label: "跟随系统", icon: IconDeviceDesktop },
] as const;

function SchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const current = schemes.find((scheme) => scheme.value === colorScheme) ?? schemes[2];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="lg" aria-label={`界面颜色：${current.label}`}>
          <current.icon size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} aria-hidden />}
            fw={value === colorScheme ? 600 : undefined}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
