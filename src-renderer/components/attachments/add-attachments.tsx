import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { AttachmentSubject } from "#contract/attachments.ts";
import { sizeText } from "#domain/attachment.ts";
import type { Settings } from "#domain/settings.ts";
import { client } from "#renderer/app/rpc.ts";
import { useSession } from "#renderer/app/session.tsx";
import { useSettings } from "#renderer/app/use-settings.ts";
import { useWrite } from "#renderer/app/use-write.tsx";
import { DayInput } from "#renderer/components/day-input.tsx";
import { FailureAlert } from "#renderer/components/failure-alert.tsx";
import { ChosenFiles } from "./chosen-files.tsx";
import { type PreparedFile, prepareFile } from "./prepare-file.ts";

type Props = {
  subject: AttachmentSubject;
  /** The files to add; none closes the dialog. */
  files: readonly File[];
  day?: string | null;
  onClose: () => void;
};

/** What one act adds at most; more is left for the next. */
const AT_MOST = 50;
const MB_AT_MOST = 400;

/** Asks how the chosen files are to be kept, then adds them in one act. */
export function AddAttachments({ subject, files, day, onClose }: Props) {
  return (
    <Modal opened={files.length > 0} onClose={onClose} title="添加照片或文件" size="lg">
      {/* What happens here is no business of the form that the panel may stand in. */}
      <div onSubmit={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()} role="none">
        {files.length > 0 && <Content subject={subject} files={files} day={day} onClose={onClose} />}
      </div>
    </Modal>
  );
}

function Content({ subject, files, day, onClose }: Props) {
  const { today } = useSession();
  const settings = useSettings();
  const chosen = usePrepared(files.slice(0, AT_MOST), settings);
  const [scales, setScales] = useState(true);
  const [takenOn, setTakenOn] = useState<string | null>(day ?? null);
  const [dayIsWrong, setDayIsWrong] = useState(false);
  const add = useWrite(client.attachments.add, {
    done: ({ added }) => `已添加 ${added} 个附件。`,
    onDone: onClose,
    inlineError: true,
  });
  const limit = settings["attachment.maxMb"] * 1024 ** 2;
  const kept = (file: PreparedFile) => (scales && file.scaled) || file.original;
  const problem = (file: PreparedFile) =>
    file.refused ?? (kept(file).size > limit ? `超过单个附件上限 ${sizeText(limit)}` : null);
  const usable = chosen.ready.filter((file) => problem(file) === null);
  // A camera whose clock runs ahead says nothing about the day.
  const dayOf = ({ takenOn }: PreparedFile) => (takenOn !== null && takenOn <= today ? takenOn : null);
  const undated = usable.some((file) => file.isPhoto && dayOf(file) === null);
  const isReady = chosen.ready.length === Math.min(files.length, AT_MOST);
  const bytesOf = (sizes: readonly File[]) => sizes.reduce((total, { size }) => total + size, 0);
  const isTooMuch = bytesOf(usable.map(kept)) > MB_AT_MOST * 1024 ** 2;
  const isBlocked = !isReady || usable.length === 0 || isTooMuch || dayIsWrong;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isBlocked || add.isPending) return;
        add.mutate({
          subject,
          items: usable.map((file) => ({
            file: kept(file),
            thumbnail: file.thumbnail,
            takenOn: dayOf(file) ?? (file.isPhoto ? takenOn : null),
          })),
        });
      }}
    >
      <Stack gap="sm">
        <ChosenFiles files={chosen.ready} keptFile={kept} problemOf={problem} />
        {!isReady && (
          <Text size="sm" role="status">
            正在处理第 {chosen.ready.length + 1} 个，共 {Math.min(files.length, AT_MOST)} 个…
          </Text>
        )}
        {files.length > AT_MOST && (
          <Text size="sm" c="var(--light-yellow)">
            一次最多添加 {AT_MOST} 个，其余 {files.length - AT_MOST} 个请再添加一次。
          </Text>
        )}
        {isTooMuch && (
          <Text size="sm" c="var(--light-yellow)">
            一次最多添加 {MB_AT_MOST} MB，请分几次添加，或选“压缩后保存”。
          </Text>
        )}
        <FailureAlert error={chosen.error} />
        {chosen.ready.some((file) => file.scaled) && (
          <Radio.Group
            label="照片大小"
            value={scales ? "scale" : "keep"}
            onChange={(value) => setScales(value === "scale")}
          >
            <Stack gap={6} mt={4}>
              <Radio
                value="scale"
                label={`压缩后保存，共 ${sizeText(bytesOf(chosen.ready.map((file) => file.scaled ?? file.original)))}`}
                description={`超过 ${settings["attachment.scaleAboveMb"]} MB 的照片缩到最长边 ${settings["attachment.scaledEdge"]} 像素，看得清、同步快`}
              />
              <Radio
                value="keep"
                label={`保留原图，共 ${sizeText(bytesOf(chosen.ready.map((file) => file.original)))}`}
                description="同步包会大得多，可能要分几次才能带完"
              />
            </Stack>
          </Radio.Group>
        )}
        {undated && (
          <DayInput
            label="拍摄日期"
            description="照片里没有记下日期的用这一天，可以不填"
            w={260}
            value={takenOn}
            onChange={setTakenOn}
            onInvalid={setDayIsWrong}
          />
        )}
        <FailureAlert error={add.error} />
        <Group gap="xs">
          <Button type="submit" data-autofocus loading={add.isPending} disabled={isBlocked}>
            添加 {usable.length} 个
          </Button>
          <Button variant="default" disabled={add.isPending} onClick={onClose}>
            取消
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Prepares one file after the other: a large photo takes its time and its memory. */
function usePrepared(files: readonly File[], settings: Settings) {
  const [list] = useState(files);
  const scaleAbove = settings["attachment.scaleAboveMb"] * 1024 ** 2;
  const edge = settings["attachment.scaledEdge"];
  const [ready, setReady] = useState<PreparedFile[]>([]);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let isGone = false;
    setReady([]);
    const prepareAll = async () => {
      for (const file of list) {
        const prepared = await prepareFile(file, scaleAbove, edge);
        if (isGone) return;
        setReady((before) => [...before, prepared]);
      }
    };
    prepareAll().catch(setError);
    return () => {
      isGone = true;
    };
  }, [list, scaleAbove, edge]);
  return { ready, error };
}
