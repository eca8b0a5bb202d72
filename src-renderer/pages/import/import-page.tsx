import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SpreadsheetPreview } from "#contract/spreadsheet.ts";
import { client } from "#renderer/app/rpc.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { FileDrop } from "#renderer/components/file-drop.tsx";
import { PageHeader } from "#renderer/components/page-header.tsx";
import type { ColumnChoice } from "./columns.tsx";
import { ImportResult } from "./import-result.tsx";
import { Preview } from "./preview.tsx";

export function ImportPage() {
  const [file, setFile] = useState<File | null>(null);
  const [columns, setColumns] = useState<ColumnChoice>({});
  /** The last preview; it stays in view while changed columns are read again. */
  const [preview, setPreview] = useState<SpreadsheetPreview | null>(null);
  const reading = useMutation({
    mutationFn: (input: { file: File; columns: ColumnChoice }) => client.spreadsheet.preview(input),
    onSuccess: setPreview,
  });
  const commit = useWrite(client.spreadsheet.commit, { done: () => null, inlineError: true });
  const read = (given: File, chosen: ColumnChoice) => {
    setFile(given);
    setColumns(chosen);
    commit.reset();
    reading.mutate({ file: given, columns: chosen });
  };
  const restart = () => {
    setFile(null);
    setPreview(null);
    reading.reset();
    commit.reset();
  };
  return (
    <>
      <PageHeader
        title="导入表格"
        subtitle={preview && !commit.data ? "这里只是预览，点“确认导入”以前台账没有任何变化。" : undefined}
      >
        {preview && !commit.data && (
          <Button variant="default" onClick={restart} disabled={commit.isPending}>
            换一个文件
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/projects" {...props} />}
        >
          回到台账
        </Button>
      </PageHeader>
      {commit.data && <ImportResult result={commit.data} onAgain={restart} />}
      {!commit.data && !preview && (
        <Stack gap="sm">
          <FileDrop
            label="项目台账表格（.xlsx 或 .csv）"
            accept=".xlsx,.csv"
            busy={reading.isPending}
            onFile={(given) => read(given, {})}
          />
          {reading.isPending && <Reading name={file?.name ?? ""} />}
          <FailureAlert error={reading.error} title="不能导入" />
          <Hints />
        </Stack>
      )}
      {!commit.data && preview && (
        <Preview
          preview={preview}
          isReading={reading.isPending}
          readError={reading.error}
          isCommitting={commit.isPending}
          commitError={commit.error}
          onColumns={(change) => file && read(file, { ...columns, ...change })}
          onCommit={(skipRows) => commit.mutate({ previewId: preview.previewId, skipRows })}
        />
      )}
    </>
  );
}

function Reading({ name }: { name: string }) {
  return (
    <Group gap="xs" role="status">
      <Loader size="xs" />
      <Text size="sm">正在读取“{name}”并与台账比对…</Text>
    </Group>
  );
}

function Hints() {
  return (
    <Text size="sm" c="var(--text-quiet)" component="ul" pl="lg" my={0}>
      <li>第一张有“项目名称”列的工作表会被读取；表头的别名、万元或亿元会自动认出，认错了可以在预览里改。</li>
      <li>与台账同名同单位的项目按“修改”处理，只改不同的格子；空白格子不会清掉台账里的内容。</li>
      <li>看不懂的格子会逐个列出原因，不影响同一行的其他内容。.csv 支持 UTF-8 和 GBK。</li>
    </Text>
  );
}
