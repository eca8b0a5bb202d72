/** Command lines of programs that run without a window. */
import { parseArgs } from "node:util";

type Given<N extends string, F extends string> = Partial<Record<N, string>> & { flags: ReadonlySet<F> };

/**
 * Options that take a value (`--name VALUE` or `--name=VALUE`), flags that take none, and --help, which answers with
 * the usage. A Chinese sentence instead when one is wrong.
 */
export function readOptions<N extends string, F extends string = never>(
  parameters: string[],
  names: readonly N[],
  usage: string,
  flagNames: readonly F[] = [],
): Given<N, F> | string {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const { tokens } = parseArgs({ args: parameters, strict: false, tokens: true, options });
  const values: Partial<Record<N, string>> = {};
  const flags = new Set<F>();
  for (const token of tokens) {
    if (token.kind === "positional") return `不认识的参数“${token.value}”。\n${usage}`;
    if (token.kind !== "option") continue;
    if (token.name === "help") return usage;
    const flag = flagNames.find((known) => known === token.name);
    if (flag !== undefined && token.value === undefined) {
      flags.add(flag);
      continue;
    }
    const name = names.find((known) => known === token.name);
    if (name === undefined) return `不认识的选项“${token.rawName}”。\n${usage}`;
    if (!token.value || token.value.startsWith("--")) return `选项“${token.rawName}”后面缺少内容。\n${usage}`;
    values[name] = token.value;
  }
  return { ...values, flags };
}
