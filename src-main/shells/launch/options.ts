/** The command line of npm start. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { defaultDataFolder } from "./data-folder.ts";

export type StartOptions = {
  dataFolder: string;
  /** 0 picks a free port. */
  port: number;
  /** Whether to open a window; otherwise only the address is printed. */
  open: boolean;
  /** Serve to a browser even where Electron is installed. */
  browser: boolean;
  help: boolean;
};

const USAGE = `用法：npm start -- [选项]
  --data 文件夹   数据所在的文件夹（默认：本机用户的数据目录）
  --browser       用浏览器窗口打开，不用 Electron
  --no-open       只给出地址，不打开窗口
  --port 端口     浏览器方式的端口（默认：任意空闲端口）
  --help          显示本说明`;

/** Reads the options; a Chinese sentence instead when one is wrong. --no-open and --port mean the browser shell. */
export function parseStartOptions(
  parameters: string[],
  defaultFolder: string = defaultDataFolder(),
): StartOptions | string {
  const names = ["data", "browser", "no-open", "port", "help"];
  const { tokens } = parseArgs({ args: parameters, strict: false, tokens: true, options: stringOptions });
  let port: number | null = null;
  let dataFolder: string | null = null;
  for (const token of tokens) {
    if (token.kind === "positional") return `不认识的参数“${token.value}”。用 npm start -- --help 查看可用的选项。`;
    if (token.kind !== "option") continue;
    if (!names.includes(token.name)) return `不认识的选项“${token.rawName}”。用 npm start -- --help 查看可用的选项。`;
    const takesValue = token.name in stringOptions;
    if (!takesValue && token.value !== undefined) return `选项“${token.rawName}”后面不能有内容。`;
    if (takesValue && !token.value) return `选项“${token.rawName}”后面缺少内容。`;
    if (token.name === "data") dataFolder = resolve(token.value ?? "");
    if (token.name === "port") {
      port = /^\d{1,5}$/.test(token.value ?? "") ? Number(token.value) : Number.NaN;
      if (!(port <= 65535)) return `端口“${token.value}”不正确，应为 0 到 65535 的整数。`;
    }
  }
  const has = (name: string) => tokens.some((token) => token.kind === "option" && token.name === name);
  return {
    dataFolder: dataFolder ?? defaultFolder,
    port: port ?? 0,
    open: !has("no-open"),
    browser: has("browser") || has("no-open") || port !== null,
    help: has("help"),
  };
}

const stringOptions = { data: { type: "string" }, port: { type: "string" } } as const;

/** The options of this start; ends the process after a wrong one (exit code 2) or after --help. */
export function optionsOrExit(defaultFolder: string = defaultDataFolder()): StartOptions {
  const options = parseStartOptions(process.argv.slice(2), defaultFolder);
  if (typeof options === "string") {
    console.error(options);
    return process.exit(2);
  }
  if (!options.help) return options;
  console.log(USAGE);
  return process.exit(0);
}
