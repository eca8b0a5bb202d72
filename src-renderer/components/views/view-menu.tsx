/** 视图: what a list shows now — filters, order, columns — kept under a name and chosen again. */
import { Button, Menu } from "@mantine/core";
import { IconBookmark, IconCheck, IconDeviceFloppy, IconSettings } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "#renderer/app/rpc.ts";
import { ManageViews } from "./manage-views.tsx";
import { SaveView } from "./save-view.tsx";
import { useOpenView, useShownAddress } from "./use-views.ts";

/** `columns`: keys of those shown, where the list lets choose them. */
export function ViewMenu({ columns = null }: { columns?: string[] | null }) {
  const { page, search } = useShownAddress();
  const views = useQuery(api.views.list.queryOptions()).data?.filter((view) => view.page === page) ?? [];
  const open = useOpenView();
  const [window, setWindow] = useState<"save" | "manage" | null>(null);
  const current = views.find((view) => view.search === search && sameColumns(view.columns, columns));
  const close = () => setWindow(null);
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={260}>
        <Menu.Target>
          <Button
            variant="default"
            maw={180}
            leftSection={<IconBookmark size={16} aria-hidden />}
            aria-label={current ? `视图：${current.name}` : "视图"}
          >
            {current?.name ?? "视图"}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="60vh" style={{ overflowY: "auto" }}>
          {views.length === 0 && <Menu.Label>还没有保存的视图</Menu.Label>}
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              leftSection={
                view === current ? <IconCheck size={16} aria-label="现在的视图" /> : <span style={{ width: 16 }} />
              }
              onClick={() => open(view)}
            >
              {view.name}
              {view.isDefault && "（默认）"}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={() => setWindow("save")}>
            保存当前视图…
          </Menu.Item>
          {views.length > 0 && (
            <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => setWindow("manage")}>
              管理视图…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <SaveView opened={window === "save"} onClose={close} shown={{ page, search, columns }} views={views} />
      <ManageViews opened={window === "manage"} onClose={close} views={views} />
    </>
  );
}

function sameColumns(left: readonly string[] | null, right: readonly string[] | null): boolean {
  return left === null || right === null || left.join() === right.join();
}
