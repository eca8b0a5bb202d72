/** Where an office's data lives when --data does not say otherwise. */
import { homedir } from "node:os";
import { join } from "node:path";

export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === "win32") return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "Lianxinqiao");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Lianxinqiao");
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "lianxinqiao");
}

/** The clerk's sentence when the data folder cannot be made or written. */
export function unusableFolderText(dataFolder: string): string {
  return `数据文件夹“${dataFolder}”不能写入。请检查权限，或用 --data 另选一个文件夹。`;
}
