/** One spoiled bundle from one seed: spoiled as a file, in its header, by whoever signs it, or inside. */
import { zstdCompressSync } from "node:zlib";
import type { OfficeKeys } from "#sync/keys.ts";
import { Random } from "../random.ts";
import { decrypt, encrypt, putTogether, signedFile, takeApart, unpack } from "./bundle-bytes.ts";
import { deepNest, spoilBytes, spoilJson, spoilText } from "./mutators.ts";

/** Bundles to spoil, all for one office, and the keys that an attacker could hold. */
export type Material = {
  bundles: readonly Buffer[];
  /** Keys of the office that made the bundles, of another enrolled office, and of the receiver. */
  sender: OfficeKeys;
  other: OfficeKeys;
  otherId: string;
  receiver: OfficeKeys;
};

export type Mutated = {
  how: string;
  bytes: Buffer;
  /** Made by somebody who holds the sender's keys: what is still valid and allowed may be taken in. */
  isAuthorised: boolean;
};

/** A gigabyte and a bit of zeros, packed once. */
let bomb: Buffer | undefined;
const plaintexts = new WeakMap<Buffer, Buffer>();

export async function mutate(seed: number, material: Material): Promise<Mutated> {
  const random = new Random(seed);
  const bundle = random.pick(material.bundles);
  const other = random.pick(material.bundles);
  const kind = random.weighted({ file: 52, header: 12, signer: 8, inside: 27.9, bomb: 0.1 });
  if (kind === "file") {
    const { how, bytes } = spoilBytes(random, bundle, other);
    return { how: `file ${how}`, bytes, isAuthorised: false };
  }
  if (kind === "header") return spoilHeader(random, bundle, other, material);
  if (kind === "signer") return foreignSigner(random, bundle, material);
  return spoilInside(random, bundle, other, material, kind === "bomb");
}

function spoilHeader(random: Random, bundle: Buffer, other: Buffer, { sender }: Material): Mutated {
  const parts = takeApart(bundle);
  const how = random.weighted({ "header value": 8, "header bytes": 3, "header nest": 0.5, "another's content": 1.5 });
  const made = () => {
    if (how === "header nest") return signedFile(Buffer.from(deepNest(random)), parts.ciphertext, sender);
    if (how === "another's content") return putTogether({ ...parts, ciphertext: takeApart(other).ciphertext }, sender);
    if (how === "header bytes") {
      const header = Buffer.from(JSON.stringify(parts.header));
      return signedFile(spoilBytes(random, header, header).bytes, parts.ciphertext, sender);
    }
    const header = spoilJson(random, parts.header) as Record<string, unknown>;
    return putTogether({ ...parts, header }, sender, random.chance(0.5));
  };
  return { how, bytes: made(), isAuthorised: true };
}

/** Another enrolled office signs what it did not make, under the sender's name or under its own. */
function foreignSigner(random: Random, bundle: Buffer, { other, otherId }: Material): Mutated {
  const parts = takeApart(bundle);
  const isOwnName = random.chance(0.5);
  const header = isOwnName ? { ...parts.header, from: { id: otherId, name: "他街道" } } : parts.header;
  const how = isOwnName ? "taken over under another name" : "re-signed by another office";
  return { how, bytes: putTogether({ ...parts, header }, other), isAuthorised: false };
}

/** What is in a bundle that is spoiled again and again. */
async function opened(bundle: Buffer, receiver: OfficeKeys): Promise<Buffer> {
  const known = plaintexts.get(bundle);
  if (known) return known;
  const plaintext = await decrypt(takeApart(bundle).ciphertext, receiver.ageIdentity);
  plaintexts.set(bundle, plaintext);
  return plaintext;
}

/** Spoils the plaintext and seals it as the sender would: what finds the parser's mistakes. */
async function spoilInside(
  random: Random,
  bundle: Buffer,
  other: Buffer,
  { sender, receiver }: Material,
  isBomb: boolean,
): Promise<Mutated> {
  const parts = takeApart(bundle);
  const plaintext = await opened(bundle, receiver);
  const seal = async (how: string, spoiled: Buffer): Promise<Mutated> => ({
    how,
    bytes: putTogether({ ...parts, ciphertext: await encrypt(spoiled, receiver.ageRecipient) }, sender),
    isAuthorised: true,
  });
  if (isBomb) {
    bomb ??= zstdCompressSync(Buffer.alloc(1_100_000_000));
    return seal("bomb", random.chance(0.5) ? bomb : Buffer.concat([plaintext, bomb]));
  }
  const otherText = await opened(other, receiver);
  if (random.chance(0.15)) {
    const { how, bytes } = spoilBytes(random, plaintext, otherText);
    return seal(`plaintext ${how}`, bytes);
  }
  const { parts: inner, pack } = unpack(plaintext);
  const index = random.between(0, inner.length);
  const otherInner = unpack(otherText).parts;
  const { how, bytes } = spoilText(random, inner[index] ?? plaintext, otherInner[index] ?? otherText);
  return seal(`inside ${how}`, pack(inner.map((part, at) => (at === index ? bytes : part))));
}
