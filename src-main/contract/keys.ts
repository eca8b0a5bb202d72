/** The life of this office's keys: copy, replacement, loss, revocation, and joining again. */
import { type } from "@orpc/contract";
import { z } from "zod";
import { id, procedure, reading } from "./base.ts";

/** Why nothing can be exchanged: keys.json is missing, cannot be read, or holds keys that were revoked. */
export type KeyProblem = "missing" | "damaged" | "revoked";

export type KeyLink = {
  peerId: string;
  peerName: string;
  role: "parent" | "child";
  /** Fingerprint of the peer's keys, and since when they are known here. */
  fingerprint: string;
  since: string | null;
  /**
   * current: uses our present keys; pending: will follow with the next bundle; lost: must be reached anew;
   * awaited: the parent has yet to admit us again; revoked, invited: a child that we revoked and invited again.
   */
  stand: "current" | "pending" | "lost" | "awaited" | "revoked" | "invited";
};

export type KeyState = {
  problem: KeyProblem | null;
  /** Null while there are no usable keys. */
  fingerprint: string | null;
  madeOn: string | null;
  /** Replaced keys that still open what is on its way. */
  retired: { fingerprint: string; retiredOn: string }[];
  /** The last copy that was made, and whether it holds the present keys. */
  copy: { on: string; isCurrent: boolean } | null;
  links: KeyLink[];
  revoked: { office: string; fingerprint: string; revokedOn: string; reason: string; issuer: string }[];
};

export type RenewalSummary = {
  purpose: "join" | "renew";
  parentName: string;
  fingerprint: string;
  expiresOn: string;
  /** True when the parent's keys differ from those known here. */
  isNewKey: boolean;
};

const passphrase = z.string().min(1).max(200);
const file = z.instanceof(File);

export const keys = {
  state: reading.output(type<KeyState>()),
  /** Replaces the keys; peers follow with the next bundle. Cannot be undone. */
  rotate: procedure.output(type<{ fingerprint: string }>()),
  /** Writes a copy protected by a passphrase into a folder; returns its path. Takes a second or two. */
  saveCopy: procedure
    .input(z.object({ passphrase, folder: z.string().min(1).max(1000) }))
    .output(type<{ path: string }>()),
  /** Lays the copy out as a sheet to be printed. Takes a second or two. */
  printCopy: procedure.input(z.object({ passphrase })).output(type<{ title: string; html: string }>()),
  /** Puts the keys of a copy in place, given as the text of its file or as typed from the sheet. */
  restoreCopy: procedure
    .input(z.object({ text: z.string().max(250_000), passphrase }))
    .output(type<{ fingerprint: string }>()),
  /** New keys when the old ones are lost or revoked; all peers must then be reached anew. */
  remake: procedure.output(type<{ fingerprint: string }>()),
  /** A new invitation of the parent for this office at work: what it says. */
  inspectInvitation: reading.input(z.object({ file })).output(type<RenewalSummary>()),
  /** Takes it in after both sides compared the fingerprint; returns the join request when the parent needs one. */
  rejoin: procedure
    .input(z.object({ file, fingerprint: z.string().max(80) }))
    .output(type<{ request: File | null; fingerprint: string }>()),
  /** The file with which an enrolled child takes up our new keys after the old ones were lost. */
  renewalFile: procedure
    .input(z.object({ officeId: id }))
    .output(type<{ file: File; fingerprint: string; expiresOn: string }>()),
  /** Revokes the keys of a direct child; it is then invited again. Cannot be undone. */
  revoke: procedure.input(z.object({ officeId: id, reason: z.string().trim().min(1).max(60) })).output(type<void>()),
};
