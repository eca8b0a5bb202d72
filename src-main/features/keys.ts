/** 密钥: state, copy, replacement, revocation, and joining again with the data kept. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { keys as contract, KeyLink, KeyState } from "#contract/keys.ts";
import { Failure } from "#domain/failure.ts";
import { renderKeySheet } from "#sheets/key-sheet.tsx";
import { writeFileSafely } from "#store/safe-write.ts";
import { query } from "#store/store.ts";
import { makeRenewal, makeRequest, readInvitation } from "#sync/enrolment.ts";
import { followableKeys, rotateKeys } from "#sync/key-change.ts";
import { makeKeyCopy, restoreKeyCopy } from "#sync/key-copy.ts";
import { keyProblem } from "#sync/key-problem.ts";
import { acceptRenewal, checkRenewal, remakeKeys } from "#sync/key-renewal.ts";
import { fingerprintOf, type OfficeKeys, readKeys } from "#sync/keys.ts";
import { type Link, readLinks } from "#sync/links.ts";
import { retireKey } from "#sync/retire-key.ts";
import type { Handlers } from "./handlers.ts";
import type { Office } from "./office.ts";
import { syncContext } from "./sync-context.ts";

const COPY_NOTE = "key_copy";

export const keys: Handlers<typeof contract> = {
  state: (office) => {
    const { problem, keys: present } = keyProblem(syncContext(office));
    const links = readLinks(office.store).filter(({ fingerprint }) => fingerprint !== null);
    return {
      problem,
      fingerprint: present && fingerprintOf(present),
      madeOn: present?.madeOn ?? null,
      retired: (present?.retired ?? [])
        .map((keys) => ({ fingerprint: fingerprintOf(keys), retiredOn: keys.retiredOn }))
        .toReversed(),
      copy: lastCopy(office, present),
      links: links.map((link) => keyLink(link, present)),
      revoked: revokedKeys(office),
    };
  },

  rotate: async (office) => {
    void office.actor;
    const { store, environment, id, today } = office;
    const { dataFolder } = environment;
    const next = await rotateKeys(store, dataFolder, readKeys(dataFolder), id, today);
    return { fingerprint: fingerprintOf(next) };
  },

  saveCopy: async (office, { passphrase, folder }) => {
    void office.actor;
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
      throw new Failure("folder_unusable", { folder, reason: "文件夹不存在" });
    }
    const present = readKeys(office.environment.dataFolder);
    const text = await makeKeyCopy(syncContext(office), present, passphrase);
    const path = freePath(
      folder,
      `连心桥密钥备份-${office.self.name.replaceAll(/[\\/:*?"<>|\s]/g, "")}-${office.today}`,
    );
    writeFileSafely(path, Buffer.from(text), 0o600);
    noteCopy(office, present);
    return { path };
  },

  printCopy: async (office, { passphrase }) => {
    const { actor, today, environment } = office;
    const present = readKeys(environment.dataFolder);
    const text = await makeKeyCopy(syncContext(office), present, passphrase);
    noteCopy(office, present);
    const facts = { office: office.self.name, person: actor.personName, date: today, text };
    return renderKeySheet({ ...facts, fingerprint: fingerprintOf(present), madeOn: present.madeOn });
  },

  restoreCopy: async (office, { text, passphrase }) => {
    void office.actor;
    return { fingerprint: fingerprintOf(await restoreKeyCopy(syncContext(office), text, passphrase)) };
  },

  remake: async (office) => {
    void office.actor;
    return { fingerprint: fingerprintOf(await remakeKeys(syncContext(office))) };
  },

  inspectInvitation: async (office, { file }) => {
    const invitation = readInvitation(await file.bytes(), file.name, office.today);
    const link = checkRenewal(syncContext(office), invitation);
    const { purpose, parent, expiresOn } = invitation;
    const fingerprint = fingerprintOf(parent);
    return { purpose, parentName: parent.name, fingerprint, expiresOn, isNewKey: fingerprint !== link.fingerprint };
  },

  rejoin: async (office, { file, fingerprint }) => {
    const { actor } = office;
    const context = syncContext(office);
    const invitation = readInvitation(await file.bytes(), file.name, office.today);
    // The file must be the one whose fingerprint was compared.
    if (fingerprint !== fingerprintOf(invitation.parent)) throw new Failure("request_mismatch");
    const present = await acceptRenewal(context, invitation, file.name);
    if (invitation.purpose === "renew") return { request: null, fingerprint: fingerprintOf(present) };
    const made = makeRequest(context, present, actor.personName);
    return { request: keptFile(made), fingerprint: made.fingerprint };
  },

  renewalFile: (office, { officeId }) => {
    void office.actor;
    const made = makeRenewal(syncContext(office), readKeys(office.environment.dataFolder), officeId);
    return { file: keptFile(made), fingerprint: made.fingerprint, expiresOn: made.expiresOn };
  },

  revoke: (office, { officeId, reason }) => {
    retireKey(syncContext(office), officeId, `${reason}（${office.actor.personName}）`);
  },
};

function keyLink(link: Link, present: OfficeKeys | null): KeyLink {
  const { peer_id: peerId, peer_name: peerName, role, key_since: since } = link;
  return { peerId, peerName, role, fingerprint: link.fingerprint ?? "", since, stand: standOf(link, present) };
}

function standOf({ role, state, nonce, our_key: ours }: Link, present: OfficeKeys | null): KeyLink["stand"] {
  if (state !== "active") return state;
  if (present === null) return "lost";
  if (role === "parent" && nonce !== null) return "awaited";
  if (ours === null || ours === fingerprintOf(present)) return "current";
  return followableKeys(present).includes(ours) ? "pending" : "lost";
}

function revokedKeys(office: Office): KeyState["revoked"] {
  const names = new Map(
    office.store.all(query.selectFrom("office").select(["id", "name"])).map(({ id, name }) => [id, name]),
  );
  const rows = office.store.all(
    query.selectFrom("revocation").selectAll().orderBy("revoked_on", "desc").orderBy("serial", "desc"),
  );
  return rows.map(({ office_id, issuer, fingerprint, revoked_on, reason }) => ({
    office: names.get(office_id) ?? office_id,
    issuer: names.get(issuer) ?? issuer,
    fingerprint,
    revokedOn: revoked_on,
    reason,
  }));
}

/** What the database remembers of the last copy: "day fingerprint". */
function noteCopy(office: Office, present: OfficeKeys): void {
  office.store.writeMeta(COPY_NOTE, `${office.today} ${fingerprintOf(present)}`);
}

function lastCopy(office: Office, present: OfficeKeys | null): KeyState["copy"] {
  const note = office.store.readMeta(COPY_NOTE);
  if (note === undefined) return null;
  return { on: note.slice(0, 10), isCurrent: present !== null && note.slice(11) === fingerprintOf(present) };
}

/** "name.age" in the folder, with a number when there already is one. */
function freePath(folder: string, name: string): string {
  for (let copy = 1; ; copy++) {
    const path = join(folder, `${name}${copy === 1 ? "" : `-${copy}`}.age`);
    if (!existsSync(path)) return path;
  }
}

function keptFile({ bytes, fileName }: { bytes: Uint8Array; fileName: string }): File {
  return new File([Buffer.from(bytes)], fileName, { type: "application/json" });
}
