/** What every list offers in the head of its page: 导出表格 and 打印本表 with all its rows and the columns as seen, and 视图. */
import { Button, Portal } from "@mantine/core";
import { IconDownload, IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ListRequest } from "#contract/lists.ts";
import { useLightDate } from "#renderer/app/light-date.tsx";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { LIST_TOOLS_PLACE } from "./page-header.tsx";
import { saveFile } from "./save-file.ts";
import type { SizedColumn } from "./table-types.ts";
import { useColumnWidths } from "./use-columns.ts";
import { ViewMenu } from "./views/view-menu.tsx";

type ListProps = {
  /** The list and its filter, as the core asks it again. */
  list: ListRequest;
  /** The columns and the key of the VirtualTable that shows the list. */
  columns: readonly SizedColumn[];
  storageKey: string;
  /** True while there is nothing to print. */
  isEmpty: boolean;
};

type Props = ListProps & {
  /** True where the clerk chooses the columns: a view then keeps them. */
  withColumnChoice?: boolean;
  /** What stands before them: the choice of columns. */
  children?: ReactNode;
};

export function ListTools({ withColumnChoice = false, children, ...list }: Props) {
  return (
    <Portal target={`#${LIST_TOOLS_PLACE}`}>
      {children}
      <ListButtons {...list} />
      <ViewMenu columns={withColumnChoice ? list.columns.map(({ key }) => key) : null} />
    </Portal>
  );
}

/** 导出表格 and 打印本表 alone: of a page whose address says nothing, or of a list in a window or beside the page's own. `of`: by what these are told apart. */
export function ListButtons({ list, columns, storageKey, isEmpty, of }: ListProps & { of?: string }) {
  const { asOf } = useLightDate();
  const widths = useColumnWidths(storageKey);
  const shown = columns
    .filter(({ screenOnly }) => !screenOnly)
    .map((column) => ({ key: column.key, width: widths.of(column) }));
  const exporting = useWrite(client.lists.export, { done: "表格已导出。", onDone: (file) => saveFile(file) });
  const look = { variant: "default", size: of === undefined ? undefined : "compact-sm", disabled: isEmpty } as const;
  const named = (act: string) => (of === undefined ? undefined : `${act}：${of}`);
  return (
    <>
      <Button
        {...look}
        aria-label={named("导出表格")}
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={exporting.isPending}
        onClick={() => exporting.mutate({ list, columns: shown, asOf })}
      >
        导出表格
      </Button>
      <Button
        {...look}
        aria-label={named("打印本表")}
        leftSection={<IconPrinter size={16} aria-hidden />}
        renderRoot={(props) => <Link to="/print" search={{ sheet: "list", list, columns: shown }} {...props} />}
      >
        打印本表
      </Button>
    </>
  );
}
