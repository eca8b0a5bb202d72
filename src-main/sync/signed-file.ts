/**
 * Small signed text files (invitation, join request): JSON with the signed body kept as one string, so that
 * the signature covers exactly the bytes that are parsed.
 */
import { z } from "zod";
import { Failure } from "#domain/failure.ts";
import { belongsWhere } from "./file-kind.ts";
import { type OfficeKeys, signBytes, verifyBytes } from "./keys.ts";

export type SignedKind = "lianxinqiao-invitation" | "lianxinqiao-request";

const FORMAT = 1;
const MAX_BYTES = 8 * 1024 * 1024;
const kindNames: Record<SignedKind, { expected: string; ending: string }> = {
  "lianxinqiao-invitation": { expected: "连心桥邀请文件", ending: ".lxq-invite" },
  "lianxinqiao-request": { expected: "连心桥加入申请", ending: ".lxq-request" },
};
const envelope = z.strictObject({
  format: z.string(),
  version: z.int(),
  body: z.string(),
  signature: z.base64(),
});

export function sealText(kind: SignedKind, body: unknown, keys: OfficeKeys): Uint8Array {
  const text = JSON.stringify(body);
  const signature = signBytes(keys, Buffer.from(text)).toString("base64");
  return Buffer.from(JSON.stringify({ format: kind, version: FORMAT, body: text, signature }, null, 1));
}

/**
 * Opens a signed file; `keyOf` names the key in the body that must have signed it.
 * Throws Failure file_empty, file_too_big, file_wrong_kind, file_damaged, newer_format.
 */
export function openText<T>(
  kind: SignedKind,
  bytes: Uint8Array,
  fileName: string,
  schema: z.ZodType<T>,
  keyOf: (body: T) => string,
): T {
  if (bytes.length === 0) throw new Failure("file_empty", { file: fileName });
  if (bytes.length > MAX_BYTES) {
    throw new Failure("file_too_big", {
      file: fileName,
      size: `${Math.ceil(bytes.length / 1048576)} MB`,
      limit: "8 MB",
    });
  }
  const { expected, ending } = kindNames[kind];
  const wrongKind = new Failure("file_wrong_kind", {
    file: fileName,
    expected,
    hint: belongsWhere(bytes, `${expected}的扩展名是 ${ending}，请另选文件。`),
  });
  const text = Buffer.from(bytes).toString("utf8");
  const outer = envelope.safeParse(parseJson(text));
  if (!outer.success) {
    if (!text.includes(kind)) throw wrongKind;
    throw new Failure("file_damaged", { file: fileName, detail: "文件被截断" });
  }
  if (outer.data.format !== kind) throw wrongKind;
  const { version } = outer.data;
  if (version !== FORMAT) throw new Failure("newer_format", { file: fileName, found: version, known: FORMAT });
  const body = schema.safeParse(parseJson(outer.data.body));
  const signature = Buffer.from(outer.data.signature, "base64");
  if (!body.success || !verifyBytes(keyOf(body.data), Buffer.from(outer.data.body), signature)) {
    throw new Failure("file_damaged", { file: fileName, detail: "签名不符" });
  }
  return body.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
