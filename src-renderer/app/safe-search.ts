import type { z } from "zod";

/**
 * Reads a page's search parameters; those that do not parse are left out. As `undefined`, because what is missing here
 * would be taken over from the address as it stands.
 */
export function safeSearch<T extends z.ZodObject>(schema: T) {
  return (raw: Record<string, unknown>): Partial<z.output<T>> => {
    const parsed = schema.safeParse(raw);
    if (parsed.success) return parsed.data;
    const spoilt = new Set(parsed.error.issues.map(({ path: [name] }) => name));
    const kept = Object.keys(schema.shape).map((name) => [name, spoilt.has(name) ? undefined : raw[name]]);
    return Object.fromEntries(kept) as Partial<z.output<T>>;
  };
}
