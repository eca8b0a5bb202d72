import { IconFileText } from "@tabler/icons-react";
import { sizeText } from "#domain/attachment.ts";
import classes from "./attachments.module.css";
import type { PreparedFile } from "./prepare-file.ts";
import { useObjectUrl } from "./use-content.ts";

type Props = {
  files: readonly PreparedFile[];
  /** The form in which it will be kept. */
  keptFile: (file: PreparedFile) => File;
  problemOf: (file: PreparedFile) => string | null;
};

/** The files about to be added, each with its size before and after, or why it is left out. */
export function ChosenFiles({ files, keptFile, problemOf }: Props) {
  return (
    <ul className={classes.files}>
      {files.map((file) => (
        <ChosenFile key={file.key} file={file} kept={keptFile(file)} problem={problemOf(file)} />
      ))}
    </ul>
  );
}

function ChosenFile({ file, kept, problem }: { file: PreparedFile; kept: File; problem: string | null }) {
  const url = useObjectUrl(file.thumbnail);
  const { name, size } = file.original;
  return (
    <li className={classes.file} data-refused={problem !== null || undefined}>
      <span className={classes.picture}>
        {url ? <img src={url} alt="" /> : <IconFileText size={22} stroke={1.4} aria-hidden />}
      </span>
      <span>
        <span className={classes.name} title={name}>
          {name}
        </span>
        {problem !== null && <span>不能添加：{problem}</span>}
        {problem === null && file.takenOn && <span className={classes.quiet}>拍摄于 {file.takenOn}</span>}
      </span>
      <span>{kept === file.original ? sizeText(size) : `${sizeText(size)} → ${sizeText(kept.size)}`}</span>
    </li>
  );
}
