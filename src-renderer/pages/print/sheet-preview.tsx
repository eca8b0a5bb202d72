import type { Ref } from "react";
import { errorText, isRefusal, isTooLong } from "#renderer/app/error-text.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { Waiting } from "#renderer/components/waiting.tsx";
import classes from "./print.module.css";
import type { PreparedSheet } from "./use-sheet.ts";

/** The sheet as one document in a frame of its own, without scripts; it is printed from there. */
export function SheetPreview({ sheet, ref }: { sheet: PreparedSheet; ref: Ref<HTMLIFrameElement> }) {
  const { request, layout, pdf, document } = sheet;
  if (!request) {
    return (
      <EmptyState title="请先选择要打印的内容" next="在上面选择要打印的项目、走访或问题，这里会显示打印的样子。" />
    );
  }
  if (isTooLong(layout.error)) return <EmptyState title="内容太多，请先筛选" next={errorText(layout.error)} />;
  return (
    <>
      <FailureAlert
        error={pdf.error ?? layout.error}
        onRetry={layout.error && !isRefusal(layout.error) ? () => void layout.refetch() : undefined}
      />
      {layout.isPending && <Waiting what="正在排版" height="100%" />}
      {document && (
        <iframe
          ref={ref}
          className={classes.frame}
          title={`预览：${document.title}`}
          sandbox="allow-same-origin allow-modals"
          srcDoc={document.html}
        />
      )}
    </>
  );
}
