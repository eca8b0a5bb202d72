/** The inbox: which files there are, and in what order they are taken in. Files are only read. */
import { open, readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { BundleLabel } from "#contract/exchange.ts";
import { BUNDLE_HEAD_BYTES, MAX_BUNDLE_BYTES } from "#domain/bundle.ts";
import { Failure } from "#domain/failure.ts";

/** `name`: the path within the inbox, with "/" on every system. */
export type InboxFile = { name: string; path: string; label: BundleLabel | null };

/** What systems leave in folders and on USB sticks by themselves. */
const NOT_POST = /^(\.|~\$)|^(thumbs\.db|desktop\.ini|system volume information|\$recycle\.bin)$/i;

/** Every file of the folder and its subfolders. Throws Failure folder_unreadable. */
export async function listInbox(folder: string): Promise<{ name: string; path: string }[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path, name: relative(folder, path).split(sep).join("/") }))
      .filter(({ name }) => !name.split("/").some((part) => NOT_POST.test(part)))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    throw new Failure("folder_unreadable", { folder, reason: reasonOf(error) });
  }
}

/**
 * Bundles of one sender and one life of its database in the order of their numbers, an earlier life before a later
 * one; what has no label comes last.
 */
export function inOrder(files: readonly InboxFile[]): InboxFile[] {
  const begun = new Map<string, string>();
  for (const { label } of files) {
    const earliest = label && begun.get(lifeOf(label));
    if (label && (!earliest || label.madeAt < earliest)) begun.set(lifeOf(label), label.madeAt);
  }
  const place = ({ label, name }: InboxFile): (string | number)[] =>
    label
      ? [0, label.fromId, begun.get(lifeOf(label)) ?? "", label.replica, label.number, name]
      : [1, "", "", "", 0, name];
  return [...files].sort((left, right) => compare(place(left), place(right)));
}

function lifeOf({ fromId, replica }: BundleLabel): string {
  return `${fromId} ${replica}`;
}

function compare(left: readonly (string | number)[], right: readonly (string | number)[]): number {
  const differing = left.findIndex((part, at) => part !== right[at]);
  return differing < 0 ? 0 : (left[differing] ?? 0) < (right[differing] ?? 0) ? -1 : 1;
}

/** The first bytes of a file, enough for its label; nothing of a file that cannot be read. */
export async function headOf(path: string, name: string): Promise<File> {
  const bytes = Buffer.alloc(BUNDLE_HEAD_BYTES);
  try {
    const file = await open(path);
    try {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      return new File([bytes.subarray(0, bytesRead)], name);
    } finally {
      await file.close();
    }
  } catch {
    return new File([], name);
  }
}

/** The whole file. Throws Failure file_too_big, file_unreadable. */
export async function contentOf({ path, name }: InboxFile): Promise<File> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BUNDLE_BYTES) {
      const megabytes = (bytes: number) => `${Math.ceil(bytes / 1048576)} MB`;
      throw new Failure("file_too_big", { file: name, size: megabytes(size), limit: megabytes(MAX_BUNDLE_BYTES) });
    }
    return new File([await readFile(path)], name);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("file_unreadable", { file: name, reason: reasonOf(error) });
  }
}

/** Why a file or folder cannot be used, in words. */
export function reasonOf(error: unknown): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: "已经不在",
    ENOTDIR: "不是文件夹",
    EEXIST: "有同名的文件",
    EROFS: "磁盘写保护",
    ENOSPC: "磁盘已满",
    EISDIR: "不是文件",
    EACCES: "没有权限",
    EPERM: "没有权限",
    EIO: "磁盘或U盘读写出错",
    ELOOP: "快捷方式指向自身",
  };
  return reasons[code] ?? `出错（${code}）`;
}
