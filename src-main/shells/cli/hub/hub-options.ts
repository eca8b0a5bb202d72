/** The command line of `npm run hub`. */
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { readOptions } from "#shells/cli/options.ts";
import { defaultDataFolder } from "#shells/launch/data-folder.ts";

export type HubOptions = { inbox: string; outbox: string; data: string; report: string; person: string | null };

const USAGE = `用法：npm run hub -- --inbox 文件夹 --outbox 文件夹 [选项]
  --inbox 文件夹    收到的同步包（含子文件夹）；只读，不改动、不移走
  --outbox 文件夹   给各下级的同步包写在这里
  --data 文件夹     数据所在的文件夹（默认：本机用户的数据目录）
  --person 姓名     以哪位经办人的名义办理（本单位只有一人时可不写）
  --report 文件     结果清单，用 Excel 或 WPS 打开（默认：outbox 里的 收发结果.csv）
退出码：0 没有拒收；1 有拒收或没有导出的，见清单；2 没有办完，原因见最后一行`;

/** The options; a Chinese sentence instead when one is wrong or missing. */
export function hubOptions(parameters: string[]): HubOptions | string {
  const given = readOptions(parameters, ["inbox", "outbox", "data", "person", "report"], USAGE);
  if (typeof given === "string") return given;
  if (!given.inbox || !given.outbox) return `请用 --inbox 和 --outbox 指明收、发两个文件夹。\n${USAGE}`;
  const inbox = resolve(given.inbox);
  const outbox = resolve(given.outbox);
  const report = resolve(given.report ?? join(outbox, "收发结果.csv"));
  if (isWithin(outbox, inbox) || isWithin(inbox, outbox)) return "收、发两个文件夹不能相同，也不能一个在另一个里面。";
  if (isWithin(report, inbox)) return "结果清单不能放在收件文件夹里，请用 --report 另指一处。";
  return { inbox, outbox, report, data: resolve(given.data ?? defaultDataFolder()), person: given.person ?? null };
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
