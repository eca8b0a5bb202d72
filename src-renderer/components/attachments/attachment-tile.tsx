import { IconFileText, IconFileTypePdf, IconPhoto, IconPhotoOff } from "@tabler/icons-react";
import type { AttachmentRow } from "#contract/attachments.ts";
import { sizeText } from "#domain/attachment.ts";
import classes from "./attachments.module.css";
import { useContentUrl } from "./use-content.ts";

type Props = { row: AttachmentRow; showsAbout: boolean; onOpen: () => void };

/** One attachment in the grid: its picture, or the sign of its kind, with name, size and day. */
export function AttachmentTile({ row, showsAbout, onOpen }: Props) {
  const { url } = useContentUrl("thumbnail", row.id, row.hasThumbnail);
  return (
    <button type="button" className={classes.tile} onClick={onOpen} title={row.name}>
      <span className={classes.picture} data-missing={!row.isHere || undefined}>
        {url ? <img src={url} alt="" /> : <KindSign row={row} />}
        {!row.isHere && <span className={classes.missing}>{missingText(row)}</span>}
      </span>
      <span className={classes.name}>{row.name}</span>
      <span className={classes.quiet}>
        {sizeText(row.size)}
        {row.taken_on && ` · ${row.taken_on}`}
      </span>
      {showsAbout && row.about && <span className={classes.quiet}>{row.about}</span>}
    </button>
  );
}

/** Said wherever a content is looked for that has not come yet. */
export function missingText({ isPhoto }: Pick<AttachmentRow, "isPhoto">): string {
  return `${isPhoto ? "照片" : "文件"}尚未收到，将随后续同步包到达`;
}

export function KindSign({ row, size = 40 }: { row: AttachmentRow; size?: number }) {
  if (row.isPhoto && !row.isHere) return <IconPhotoOff size={size} stroke={1.2} aria-hidden />;
  if (row.isPhoto) return <IconPhoto size={size} stroke={1.2} aria-hidden />;
  const Sign = row.media_type === "application/pdf" ? IconFileTypePdf : IconFileText;
  return <Sign size={size} stroke={1.2} aria-hidden />;
}
