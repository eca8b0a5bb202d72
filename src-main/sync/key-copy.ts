/**
 * The key copy (密钥备份): the office's keys as an age file protected by a passphrase (scrypt), armored, so that it
 * can be saved, printed and typed back, and opened with a stock age program. Inside: JSON, the secrets only.
 */
import { armor, Decrypter, Encrypter } from "age-encryption";
import { z } from "zod";
import { addDays, localDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { cleanPassphrase, passphraseProblem } from "#domain/passphrase.ts";
import { query } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import { isOwnKeyRevoked } from "./key-revocation.ts";
import {
  fingerprintOf,
  keySecretsSchema,
  type OfficeKeys,
  type RetiredKeys,
  setAside,
  withPublicKeys,
  writeKeys,
} from "./keys.ts";

/** Keys replaced longer ago, and known to no peer, are left out, so that the sheet stays short enough to be typed. */
const KEEP_DAYS = 90;
/** 2 to this power rounds of scrypt: a second or two for each guess at the passphrase. */
const WORK_FACTOR = 18;
const MAX_TEXT = 200_000;
const BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";
const MAGIC = "age-encryption.org/v1\n";
const END = "-----END AGE ENCRYPTED FILE-----";

const copySchema = keySecretsSchema.extend({
  format: z.literal("lianxinqiao-keys"),
  version: z.literal(1),
  officeId: z.string().max(80),
  officeName: z.string().max(200),
});

/**
 * The copy as armored text of some 15 lines. Takes a second or two; a lower work factor is only for copies that
 * protect nothing. Throws Failure passphrase_weak.
 */
export async function makeKeyCopy(
  context: SyncContext,
  keys: OfficeKeys,
  passphrase: string,
  workFactor = WORK_FACTOR,
): Promise<string> {
  const problem = passphraseProblem(passphrase);
  if (problem) throw new Failure("passphrase_weak", { reason: problem });
  const { officeId, officeName } = context;
  const { signingPrivateKey, ageIdentity, madeOn, retired } = keys;
  const secrets = { signingPrivateKey, ageIdentity, madeOn, retired: stillNeeded(context, retired) };
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(cleanPassphrase(passphrase));
  const text = JSON.stringify({ format: "lianxinqiao-keys", version: 1, officeId, officeName, ...secrets });
  return armor.encode(await encrypter.encrypt(text));
}

/**
 * Opens a copy and puts its keys in place; a keys.json that is there is set aside. Throws Failure
 * key_copy_unreadable, passphrase_wrong, key_copy_foreign, own_key_revoked, key_copy_outdated.
 */
export async function restoreKeyCopy(context: SyncContext, text: string, passphrase: string): Promise<OfficeKeys> {
  const copy = await openKeyCopy(text, passphrase);
  if (copy.officeId !== context.officeId) {
    throw new Failure("key_copy_foreign", { office: copy.officeName, here: context.officeName });
  }
  const { format: _, version: __, officeId: ___, officeName: ____, ...secrets } = copy;
  const keys = await withPublicKeys(secrets);
  if (isOwnKeyRevoked(context, keys)) throw new Failure("own_key_revoked");
  const ahead = peerAhead(context, keys);
  if (ahead) throw new Failure("key_copy_outdated", { peer: ahead });
  setAside(context.dataFolder);
  writeKeys(context.dataFolder, keys);
  return keys;
}

async function openKeyCopy(text: string, passphrase: string): Promise<z.infer<typeof copySchema>> {
  const file = unarmored(text);
  let opened: string;
  try {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(cleanPassphrase(passphrase));
    opened = await decrypter.decrypt(file, "text");
  } catch {
    throw new Failure("passphrase_wrong");
  }
  const copy = copySchema.safeParse(parseJson(opened));
  if (!copy.success) throw new Failure("key_copy_unreadable", { detail: "里面不是连心桥的密钥" });
  return copy.data;
}

/** The bytes of the armored text, as saved or as typed from paper: blanks and missing frame lines do not matter. */
function unarmored(text: string): Uint8Array {
  const unreadable = (detail: string) => new Failure("key_copy_unreadable", { detail });
  if (text.length > MAX_TEXT) throw unreadable("文字太长");
  const letters = text.replace(BEGIN, "").replace(END, "").replaceAll(/\s/g, "");
  if (letters === "") throw unreadable("没有内容");
  const stray = letters.match(/[^A-Za-z0-9+/=]/u);
  if (stray) throw unreadable(`有不该出现的字符“${stray[0]}”`);
  const bytes = Buffer.from(letters, "base64");
  if (!bytes.toString("latin1").startsWith(MAGIC)) throw unreadable("开头的文字不对");
  return bytes;
}

/** The replaced keys from the oldest on that may still be met. */
function stillNeeded({ store, now }: SyncContext, retired: RetiredKeys[]): RetiredKeys[] {
  const links = store.all(query.selectFrom("link").select("our_key").where("state", "=", "active"));
  const known = new Set(links.map(({ our_key }) => our_key));
  const today = localDate(now());
  const isNeeded = (keys: RetiredKeys) => addDays(keys.retiredOn, KEEP_DAYS) >= today || known.has(fingerprintOf(keys));
  const first = retired.findIndex(isNeeded);
  return first < 0 ? [] : retired.slice(first);
}

/** A peer that already uses a key of ours which these keys do not know: they are older than that. */
function peerAhead({ store }: SyncContext, keys: OfficeKeys): string | undefined {
  const known = new Set([...keys.retired, keys].map(fingerprintOf));
  const links = store.all(query.selectFrom("link").select(["peer_name", "our_key"]).where("state", "=", "active"));
  return links.find(({ our_key }) => our_key !== null && !known.has(our_key))?.peer_name;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
