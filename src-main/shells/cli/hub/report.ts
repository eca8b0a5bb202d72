/**
 * The report of unattended runs: a table that Excel and WPS open, UTF-8 with byte order mark, one line for every file
 * and every bundle made. Runs add to it; a line is on the disk before the next file is taken up.
 */
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync } from "node:fs";
import Papa from "papaparse";
import { localDateTime } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";

export type ReportLine = {
  file: string;
  peer: string;
  number: number | null;
  outcome: string;
  added?: number;
  changed?: number;
  conflicts?: number;
  explanation: string;
};

const HEAD = ["时间", "文件", "单位", "包号", "结果", "新增", "修改", "冲突", "经办人", "说明"];
const LINE_END = "\r\n";
const MARK = "\uFEFF";

export class Report {
  private readonly file: number;

  /**
   * Opens the report, or begins it. A line that was cut off when an earlier run ended is taken away.
   * Throws Failure report_unusable for another file, or one that cannot be written.
   */
  constructor(
    private readonly path: string,
    private readonly person: string,
  ) {
    try {
      const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
      const end = wholeBytes(bytes);
      if (end < bytes.length) truncateSync(path, end);
      this.file = openSync(path, "a");
      if (end === 0) this.append(MARK + row(HEAD));
    } catch (error) {
      throw failureOf(error, path);
    }
  }

  add({ file, peer, number, outcome, added, changed, conflicts, explanation }: ReportLine): void {
    const at = localDateTime(Date.now());
    try {
      this.append(row([at, file, peer, number, outcome, added, changed, conflicts, this.person, explanation]));
    } catch (error) {
      throw failureOf(error, this.path);
    }
  }

  close(): void {
    closeSync(this.file);
  }

  private append(text: string): void {
    appendFileSync(this.file, text);
    fsyncSync(this.file);
  }
}

function row(cells: readonly (string | number | null | undefined)[]): string {
  // A file's name must not become a formula when the table is opened.
  return Papa.unparse([cells], { escapeFormulae: true, newline: LINE_END }) + LINE_END;
}

/** Bytes up to the end of the last whole line. Throws Failure report_unusable when it is no report. */
function wholeBytes(bytes: Buffer): number {
  const head = Buffer.from(MARK + row(HEAD));
  if (bytes.subarray(0, head.length).equals(head)) return bytes.lastIndexOf(LINE_END) + LINE_END.length;
  if (head.subarray(0, bytes.length).equals(bytes)) return 0;
  throw new Error("another file");
}

function failureOf(error: unknown, path: string): Failure {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") return new Failure("disk_full");
  const reason = code === undefined ? "它不是这个程序写的清单" : "可能正在 Excel 或 WPS 中打开，或者没有写入权限";
  return new Failure("report_unusable", { file: path, reason });
}
