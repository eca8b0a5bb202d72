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
