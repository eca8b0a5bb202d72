import { Button } from "@mantine/core";
import { IconPlus, IconUserPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { OfficeEntry } from "#contract/office.ts";
import { useSession } from "#renderer/app/session.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";
import { PageTabs } from "#renderer/components/page-tabs.tsx";
import { KeysTab } from "#renderer/pages/keys/keys-tab.tsx";
import { RevokeDialog } from "#renderer/pages/keys/revoke-dialog.tsx";
import { About } from "#renderer/pages/settings/about.tsx";
import { Care } from "#renderer/pages/settings/care.tsx";
import { SettingsList } from "#renderer/pages/settings/settings-list.tsx";
import { TemplatesTab } from "#renderer/pages/templates/templates-tab.tsx";
import { AdmitDialog } from "./admit-dialog.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { OfficeEditor } from "./office-editor.tsx";
import { OfficeTree } from "./office-tree.tsx";

const route = getRouteApi("/offices");

export function OfficesPage() {
  const { office } = useSession();
  const { tab = "offices" } = route.useSearch();
  const navigate = route.useNavigate();
  const [editing, setEditing] = useState<OfficeEntry | "new" | null>(null);
  const [inviting, setInviting] = useState<OfficeEntry | null>(null);
  const [revoking, setRevoking] = useState<OfficeEntry | null>(null);
  const [isAdmitting, setAdmitting] = useState(false);
  const isCity = office.level === "city";
  const hasChildren = office.level !== "street";
  return (
    <>
      <PageHeader title="单位与设定">
        {tab === "offices" && hasChildren && (
          <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setAdmitting(true)}>
            接纳加入申请
          </Button>
        )}
        {tab === "offices" && isCity && (
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing("new")}>
            新增单位
          </Button>
        )}
      </PageHeader>
      <PageTabs
        label="单位与设定"
        value={tab}
        onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
        tabs={[
          { value: "offices", label: "单位" },
          { value: "settings", label: "全市设定" },
          { value: "templates", label: "模板" },
          { value: "keys", label: "密钥" },
          { value: "care", label: "备份与检查" },
          { value: "about", label: "关于" },
        ]}
      >
        {tab === "offices" && (
          <OfficeTree onOpen={isCity ? setEditing : undefined} onInvite={setInviting} onRevoke={setRevoking} />
        )}
        {tab === "settings" && <SettingsList />}
        {tab === "templates" && <TemplatesTab />}
        {tab === "keys" && <KeysTab />}
        {tab === "care" && <Care />}
        {tab === "about" && <About />}
      </PageTabs>
      <OfficeEditor
        opened={editing !== null}
        entry={editing === "new" ? undefined : (editing ?? undefined)}
        onClose={() => setEditing(null)}
      />
      <InviteDialog entry={inviting} onClose={() => setInviting(null)} />
      <RevokeDialog office={revoking} onClose={() => setRevoking(null)} />
      <AdmitDialog opened={isAdmitting} onClose={() => setAdmitting(false)} />
    </>
  );
}
