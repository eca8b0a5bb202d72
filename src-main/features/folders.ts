/** Folders of this PC for the browser shell, which has no folder dialog: where a stick is, what is in a folder. */
import { accessSync, constants, existsSync, readdirSync, readFileSync, statfsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { folders as contract, FolderListing } from "#contract/office.ts";
import { Failure } from "#domain/failure.ts";
import type { Handlers } from "./handlers.ts";

type Place = FolderListing["places"][number];

export const folders: Handlers<typeof contract> = {
  /** Without a path: the first place that can be written, removable drives before the home folder. Throws Failure folder_unusable. */
  list: (_, { path }) => {
    const places = [...removablePlaces(), ...homePlaces()];
    const folder = resolve(path ?? places.find((place) => isWritable(place.path))?.path ?? homedir());
    const parent = dirname(folder);
    return {
      path: folder,
      parent: parent === folder ? null : parent,
      places,
      folders: subfolders(folder),
      writable: isWritable(folder),
      freeBytes: freeBytes(folder),
    };
  },
};

/** Mounted sticks and discs; on Windows every drive but the system's, since its letters do not tell. */
function removablePlaces(): Place[] {
  switch (process.platform) {
    case "win32":
      return [..."DEFGHIJKLMNOPQRSTUVWXYZ"]
        .map((letter) => `${letter}:\\`)
        .filter((path) => isFolder(path))
        .map((path) => ({ name: `磁盘 ${path.slice(0, 2)}`, path, removable: true }));
    case "darwin":
      return mountedUnder("/Volumes", listFolders("/Volumes"));
    default:
      return linuxMounts()
        .filter((path) => /^\/(media|run\/media|mnt)\/./.test(path) && isFolder(path))
        .map((path) => ({ name: basename(path), path, removable: true }));
  }
}

/** The system volume is a link to "/" and is not a place to carry files away. */
function mountedUnder(root: string, names: string[]): Place[] {
  const system = statSync("/").dev;
  return names
    .map((name) => ({ name, path: join(root, name), removable: true }))
    .filter(({ path }) => statSync(path).dev !== system);
}

/** Mount points; the kernel writes blanks in their names as octal escapes. */
function linuxMounts(): string[] {
  const table = existsSync("/proc/self/mounts") ? readFileSync("/proc/self/mounts", "utf8") : "";
  return table
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .map((path) =>
      path.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
    );
}

/** Desktop systems in Chinese name these folders in Chinese. */
function homePlaces(): Place[] {
  const home = homedir();
  const candidates = [
    { name: "桌面", paths: ["桌面", "Desktop"] },
    { name: "文档", paths: ["文档", "Documents"] },
  ];
  const found = candidates.flatMap(({ name, paths }) => {
    const path = paths.map((folder) => join(home, folder)).find(isFolder);
    return path ? [{ name, path, removable: false }] : [];
  });
  return [...found, { name: "个人文件夹", path: home, removable: false }];
}

function subfolders(folder: string): FolderListing["folders"] {
  try {
    return listFolders(folder).map((name) => ({ name, path: join(folder, name) }));
  } catch (error) {
    throw new Failure("folder_unusable", { folder, reason: unreadableReason(error) });
  }
}

const SYSTEM_FOLDERS = new Set(["$RECYCLE.BIN", "System Volume Information", "lost+found"]);
const byName = new Intl.Collator("zh-Hans-CN-u-co-pinyin", { numeric: true });

function listFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && !SYSTEM_FOLDERS.has(entry.name))
    .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && isFolder(join(folder, entry.name))))
    .map((entry) => entry.name)
    .sort(byName.compare);
}

function unreadableReason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "文件夹不存在";
  if (code === "ENOTDIR") return "这不是文件夹";
  return code === "EACCES" || code === "EPERM" ? "没有访问权限" : "无法读取";
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** 0 where the system does not tell. */
function freeBytes(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
