import type { z } from "zod";

/** Reads a page's search parameters; an address that does not parse opens the page without them. */
export function safeSearch<T extends z.ZodObject>(schema: T) {
  return (raw: unknown): Partial<z.output<T>> => {
    const parsed = schema.safeParse(raw);
    return parsed.success ? parsed.data : {};
  };
}
