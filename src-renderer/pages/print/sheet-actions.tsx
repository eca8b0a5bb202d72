import { Button, Text } from "@mantine/core";
import { IconFileTypePdf, IconPrinter } from "@tabler/icons-react";
import type { PreparedSheet } from "./use-sheet.ts";

/** Printing and PDF, once the sheet is laid out. */
export function SheetActions({ sheet, onPrint }: { sheet: PreparedSheet; onPrint: () => void }) {
  const { request, pdf, cancelPdf, isReady } = sheet;
  return (
    <>
      {pdf.isPending && (
        <>
          <Text size="sm" c="var(--text-quiet)" role="status">
            正在生成 PDF，页数多时需要十几秒…
          </Text>
          <Button variant="subtle" onClick={cancelPdf}>
            取消
          </Button>
        </>
      )}
      <Button leftSection={<IconPrinter size={16} aria-hidden />} disabled={!isReady} onClick={onPrint}>
        打印
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileTypePdf size={16} aria-hidden />}
        disabled={!isReady}
        loading={pdf.isPending}
        onClick={() => request && pdf.mutate(request)}
      >
        保存PDF
      </Button>
    </>
  );
}
