/** Command lines of programs that run without a window. */
import { parseArgs } from "node:util";

/**
 * Options that take a value (`--name VALUE` or `--name=VALUE`), and --help, which answers with the usage. A Chinese
 * sentence instead when one is wrong.
 */
export function readOptions<N extends string>(
  parameters: string[],
  names: readonly N[],
  usage: string,
): Partial<Record<N, string>> | string {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const { tokens } = parseArgs({ args: parameters, strict: false, tokens: true, options });
  const given: Partial<Record<N, string>> = {};
  for (const token of tokens) {
    if (token.kind === "positional") return `不认识的参数“${token.value}”。\n${usage}`;
    if (token.kind !== "option") continue;
    if (token.name === "help") return usage;
    const name = names.find((known) => known === token.name);
    if (name === undefined) return `不认识的选项“${token.rawName}”。\n${usage}`;
    if (!token.value || token.value.startsWith("--")) return `选项“${token.rawName}”后面缺少内容。\n${usage}`;
    given[name] = token.value;
  }
  return given;
}
