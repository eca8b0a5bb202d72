/** Writing files that must be whole: NAME.part, fsync, read back, compare, rename, fsync of the folder. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { Failure } from "#domain/failure.ts";

const RETRIES = 5;
const RETRY_MS = 120;

/**
 * Writes `bytes` to `path`; when it returns, the file on the medium has been read back and compared.
 * Throws Failure disk_full or folder_unusable; then neither the file nor its .part is left behind.
 */
export function writeFileSafely(path: string, bytes: Uint8Array, mode = 0o644): void {
  const partial = `${path}.part`;
  try {
    if (freeBytes(dirname(path)) < bytes.length + 65_536) throw new Failure("disk_full");
    const file = openSync(partial, "w", mode);
    try {
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (Buffer.compare(readFileSync(partial), bytes) !== 0) throw new Error("what was read back differs");
    retrying(() => renameSync(partial, path));
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(partial, { force: true });
    throw writeFailure(error, path);
  }
}

/** Makes a folder that is still there after a power cut. Throws Failure disk_full or folder_unusable. */
export function makeFolderSafely(folder: string): void {
  try {
    const made = mkdirSync(folder, { recursive: true });
    for (let each = folder; made !== undefined && each.length >= made.length; each = dirname(each)) {
      syncFolder(dirname(each));
    }
  } catch (error) {
    throw writeFailure(error, join(folder, "."));
  }
}

/** Free bytes of the file system that holds `folder`; Infinity when it does not tell. */
export function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Whether the system or SQLite said that there is no room. The index of the WAL cannot say why it does not grow. */
export function isDiskFull(error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return ["ENOSPC", "EDQUOT", "SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"].includes(code ?? "");
}

/** Virus scanners hold fresh files for a moment: retry with a bound. */
function retrying(work: () => void): void {
  for (let attempt = 1; ; attempt++) {
    try {
      work();
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (attempt > RETRIES || !["EPERM", "EACCES", "EBUSY"].includes(code ?? "")) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS * attempt);
    }
  }
}

/** Not every system lets a folder be synced (Windows, FAT); the signature is what proves integrity. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    return;
  }
}

function writeFailure(error: unknown, path: string): Failure {
  if (error instanceof Failure) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (isDiskFull(error)) return new Failure("disk_full");
  const reasons: Record<string, string> = {
    ENOENT: "文件夹不存在",
    EACCES: "没有写入权限",
    EPERM: "没有写入权限",
    EROFS: "磁盘写保护",
    EIO: "读写出错，U盘可能已拔出",
    EEXIST: "有同名的文件",
    ENOTDIR: "有同名的文件",
    EXDEV: "不能在此处改名",
  };
  return new Failure("folder_unusable", {
    folder: dirname(path),
    reason: reasons[code ?? ""] ?? `写入“${basename(path)}”后核对不一致`,
  });
}
