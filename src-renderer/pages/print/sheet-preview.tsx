import { Button, Group, Skeleton, Text } from "@mantine/core";
import { IconFileTypePdf, IconPrinter } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { SheetRequest } from "#contract/reports.ts";
import { api, client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { saveFile } from "#renderer/components/save-file.ts";
import classes from "./print.module.css";

/** The sheet as one document in a frame of its own, without scripts; printed from there or kept as PDF. */
export function SheetPreview({ request }: { request: SheetRequest | null }) {
  if (!request) return <EmptyState title="请先选择要打印的内容" next="在上面选择项目或走访，这里会显示打印的样子。" />;
  return <Sheet request={request} />;
}

function Sheet({ request }: { request: SheetRequest }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const sheet = useQuery({ ...api.sheets.html.queryOptions({ input: request }), placeholderData: keepPreviousData });
  const pdf = useWrite(client.sheets.pdf, {
    done: "PDF 已生成并下载。",
    onDone: (file) => saveFile(file),
    inlineError: true,
  });
  const isReady = sheet.data !== undefined && !sheet.isPlaceholderData;
  return (
    <>
      <Group gap={8} mb={8} style={{ flexShrink: 0 }}>
        <Button
          leftSection={<IconPrinter size={16} aria-hidden />}
          disabled={!isReady}
          onClick={() => frame.current?.contentWindow?.print()}
        >
          打印
        </Button>
        <Button
          variant="default"
          leftSection={<IconFileTypePdf size={16} aria-hidden />}
          disabled={!isReady}
          loading={pdf.isPending}
          onClick={() => pdf.mutate(request)}
        >
          保存PDF
        </Button>
        <Text size="sm" c="var(--text-quiet)" role="status">
          {pdf.isPending
            ? "正在生成PDF…"
            : sheet.data && request.sheet === "progress" && `${sheet.data.rows.toLocaleString("zh-CN")} 个项目`}
        </Text>
      </Group>
      <FailureAlert error={pdf.error ?? sheet.error} onRetry={sheet.error ? () => void sheet.refetch() : undefined} />
      {sheet.isPending && <Skeleton height="100%" aria-label="正在排版" />}
      {sheet.data && (
        <iframe
          ref={frame}
          className={classes.frame}
          title={`预览：${sheet.data.title}`}
          sandbox="allow-same-origin allow-modals"
          srcDoc={sheet.data.html}
        />
      )}
    </>
  );
}
