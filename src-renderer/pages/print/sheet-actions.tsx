import { Button } from "@mantine/core";
import { IconFileTypePdf, IconPrinter } from "@tabler/icons-react";
import type { PreparedSheet } from "./use-sheet.ts";

/** Printing and PDF, once the sheet is laid out. */
export function SheetActions({ sheet, onPrint }: { sheet: PreparedSheet; onPrint: () => void }) {
  const { request, pdf, isReady } = sheet;
  return (
    <>
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
