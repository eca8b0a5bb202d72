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

type Props = {
  /** The list and its filter, as the core asks it again. */
  list: ListRequest;
  /** The columns and the key of the VirtualTable that shows the list. */
  columns: readonly SizedColumn[];
  storageKey: string;
  /** True while there is nothing to print. */
  isEmpty: boolean;
  /** True where the clerk chooses the columns: a view then keeps them. */
  withColumnChoice?: boolean;
  /** What stands before them: the choice of columns. */
  children?: ReactNode;
};

export function ListTools({ list, columns, storageKey, isEmpty, withColumnChoice = false, children }: Props) {
  const { asOf } = useLightDate();
  const widths = useColumnWidths(storageKey);
  const shown = columns
    .filter(({ screenOnly }) => !screenOnly)
    .map((column) => ({ key: column.key, width: widths.of(column) }));
  const exporting = useWrite(client.lists.export, { done: "表格已导出。", onDone: (file) => saveFile(file) });
  return (
    <Portal target={`#${LIST_TOOLS_PLACE}`}>
      {children}
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={exporting.isPending}
        disabled={isEmpty}
        onClick={() => exporting.mutate({ list, columns: shown, asOf })}
      >
        导出表格
      </Button>
      <Button
        variant="default"
        leftSection={<IconPrinter size={16} aria-hidden />}
        disabled={isEmpty}
        renderRoot={(props) => <Link to="/print" search={{ sheet: "list", list, columns: shown }} {...props} />}
      >
        打印本表
      </Button>
      <ViewMenu columns={withColumnChoice ? columns.map(({ key }) => key) : null} />
    </Portal>
  );
}
