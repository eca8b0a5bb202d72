/**
 * Enrolment without a network: the parent writes an invitation, the office makes its keys and returns a signed
 * request, both sides compare a fingerprint on the phone, the parent admits.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { addDays, localDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { officeKinds, officeLevels } from "#domain/values.ts";
import { type ChangeSet, changeSetSchema } from "#journal/change-set.ts";
import type { Log } from "#journal/log.ts";
import { openPacked } from "#journal/section/pack.ts";
import { query } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import { isRevoked, revocationsFor, revocationsSchema, takeFromParent } from "./key-revocation.ts";
import { fingerprintOf, type OfficeKeys, publicKeysSchema } from "./keys.ts";
import { readLink, updateLink } from "./links.ts";
import { forgetDatabase } from "./retire-key.ts";
import { openText, sealText } from "./signed-file.ts";

const VALID_DAYS = 30;

const officeName = z.string().max(200);
const invitationSchema = z.object({
  /** join: the office makes keys and answers with a request; renew: it only takes up new keys of its parent. */
  purpose: z.enum(["join", "renew"]).default("join"),
  parent: publicKeysSchema.extend({ id: z.string().max(80), name: officeName }),
  office: z.object({
    id: z.string().max(80),
    name: officeName,
    level: z.enum(Object.keys(officeLevels) as [keyof typeof officeLevels]),
    kind: z.enum(Object.keys(officeKinds) as [keyof typeof officeKinds]),
  }),
  nonce: z.string().length(32),
  madeOn: z.string().max(10),
  expiresOn: z.string().max(10),
  /** City-wide records (offices, settings), so that the new office can start work at once. */
  sets: z.array(changeSetSchema),
  revocations: revocationsSchema.optional(),
});
export type Invitation = z.infer<typeof invitationSchema>;

const requestSchema = publicKeysSchema.extend({
  officeId: z.string().max(80),
  officeName,
  nonce: z.string().length(32),
  personName: z.string().max(80),
  madeAt: z.string().max(40),
  /** The office's database: an office that joins again with the one it had goes on where it was. */
  replica: z.string().max(20).optional(),
});
export type JoinRequest = z.infer<typeof requestSchema>;

/** Makes the invitation of a direct child and remembers its nonce. */
export function makeInvitation(context: SyncContext, keys: OfficeKeys, officeId: string) {
  const { store } = context;
  const office = store.first(query.selectFrom("office").selectAll().where("id", "=", officeId));
  if (!office || office.parent_id !== context.officeId) throw new Failure("not_found", { what: "下级单位" });
  if (readLink(store, officeId)?.state === "active") throw new Failure("already_enrolled", { office: office.name });
  const invitation = newInvitation(context, keys, "join", office, cityWideSets(context.journal.log));
  const link = {
    peer_name: office.name,
    role: "child" as const,
    state: "invited" as const,
    nonce: invitation.nonce,
    expires_on: invitation.expiresOn,
    our_key: fingerprintOf(keys),
  };
  store.run(
    query
      .insertInto("link")
      .values({ peer_id: officeId, ...link })
      .onConflict((conflict) => conflict.column("peer_id").doUpdateSet(link)),
  );
  return invitationFile(invitation, keys, "邀请");
}

/**
 * Makes the file with which a child that is enrolled takes up new keys of this office to which no statement leads,
 * because the old ones were lost. Throws Failure link_not_ready.
 */
export function makeRenewal(context: SyncContext, keys: OfficeKeys, officeId: string) {
  const { store } = context;
  const office = store.first(query.selectFrom("office").selectAll().where("id", "=", officeId));
  const link = readLink(store, officeId);
  if (!office || link?.role !== "child" || link.state !== "active") {
    throw new Failure("link_not_ready", { to: office?.name ?? officeId });
  }
  return invitationFile(newInvitation(context, keys, "renew", office, []), keys, "重新联系");
}

type InvitedOffice = Invitation["office"];

function newInvitation(
  context: SyncContext,
  keys: OfficeKeys,
  purpose: Invitation["purpose"],
  { id, name, level, kind }: InvitedOffice,
  sets: Invitation["sets"],
): Invitation {
  const { signingKey, ageRecipient } = keys;
  const madeOn = localDate(context.now());
  return {
    purpose,
    parent: { id: context.officeId, name: context.officeName, signingKey, ageRecipient },
    office: { id, name, level, kind },
    nonce: randomBytes(16).toString("hex"),
    madeOn,
    expiresOn: addDays(madeOn, VALID_DAYS),
    sets,
    revocations: revocationsFor(context, keys, { peer_id: id, role: "child" }),
  };
}

function invitationFile(invitation: Invitation, keys: OfficeKeys, word: string) {
  return {
    fileName: `连心桥${word}-${invitation.office.name}.lxq-invite`,
    bytes: sealText("lianxinqiao-invitation", invitation, keys),
    fingerprint: fingerprintOf(keys),
    expiresOn: invitation.expiresOn,
  };
}

/** Reads and verifies an invitation. Throws the failures of openText and invitation_expired. */
export function readInvitation(bytes: Uint8Array, fileName: string, today: string): Invitation {
  const invitation = openText(
    "lianxinqiao-invitation",
    bytes,
    fileName,
    invitationSchema,
    (body) => body.parent.signingKey,
  );
  if (invitation.expiresOn < today) throw new Failure("invitation_expired", { date: invitation.expiresOn });
  return invitation;
}

/**
 * Sets up the new office from its invitation: city-wide records and the link to the parent. Throws Failure
 * file_damaged, or file_wrong_kind for an invitation that only renews a link.
 */
export function acceptInvitation(context: SyncContext, invitation: Invitation, fileName: string): void {
  requireJoining(invitation, fileName);
  const { store, journal } = context;
  const { parent, office, nonce, expiresOn, sets } = invitation;
  store.transaction(() => {
    journal.ingestSets(sets, parent.id);
    if (!store.first(query.selectFrom("office").select("id").where("id", "=", office.id))) {
      throw new Failure("file_damaged", { file: fileName, detail: "缺少本单位" });
    }
    store.run(
      query.insertInto("link").values({
        peer_id: parent.id,
        peer_name: parent.name,
        role: "parent",
        state: "active",
        signing_key: parent.signingKey,
        age_recipient: parent.ageRecipient,
        fingerprint: fingerprintOf(parent),
        nonce,
        expires_on: expiresOn,
        key_since: localDate(context.now()),
      }),
    );
    takeFromParent(context, parent.id, parent.signingKey, invitation.revocations, fileName);
    store.writeMeta("office_id", office.id);
  });
}

/** Throws Failure file_wrong_kind for a file that is for an office at work. */
export function requireJoining({ purpose }: Invitation, fileName: string): void {
  if (purpose === "join") return;
  const hint = "这是给已加入单位的重新联系文件：请在本单位的“单位与设定—密钥”里用“导入上级的邀请文件”。";
  throw new Failure("file_wrong_kind", { file: fileName, expected: "首次加入用的邀请文件", hint });
}

/** The join request of this office, to be carried to the parent. */
export function makeRequest(context: SyncContext, keys: OfficeKeys, personName: string) {
  const parent = context.store.first(query.selectFrom("link").selectAll().where("role", "=", "parent"));
  if (!parent?.nonce) throw new Failure("not_found", { what: "加入申请" });
  const request: JoinRequest = {
    officeId: context.officeId,
    officeName: context.officeName,
    signingKey: keys.signingKey,
    ageRecipient: keys.ageRecipient,
    nonce: parent.nonce,
    personName,
    madeAt: context.now().toISOString(),
    replica: context.journal.replica,
  };
  updateLink(context.store, parent.peer_id, { our_key: fingerprintOf(keys) });
  return {
    fileName: `连心桥加入申请-${context.officeName}.lxq-request`,
    bytes: sealText("lianxinqiao-request", request, keys),
    fingerprint: fingerprintOf(keys),
  };
}

/** Reads a join request and holds it against the invitation that was sent. */
export function readRequest(context: SyncContext, bytes: Uint8Array, fileName: string): JoinRequest {
  const request = openText("lianxinqiao-request", bytes, fileName, requestSchema, (body) => body.signingKey);
  const link = readLink(context.store, request.officeId);
  if (link?.role !== "child") throw new Failure("request_mismatch");
  if (link.state === "active") throw new Failure("already_enrolled", { office: link.peer_name });
  if (link.nonce !== request.nonce) throw new Failure("invitation_used");
  if ((link.expires_on ?? "") < localDate(context.now())) {
    throw new Failure("invitation_expired", { date: link.expires_on ?? "" });
  }
  return request;
}

/**
 * Admits the office; `fingerprint` is what the clerk confirmed on the phone. An office that comes back with the
 * database it had goes on where it was, one with another database is sent everything again.
 * Throws Failure request_mismatch, request_key_revoked.
 */
export function admitOffice(context: SyncContext, request: JoinRequest, fingerprint: string): void {
  if (fingerprint.replaceAll(" ", "") !== fingerprintOf(request).replaceAll(" ", "")) {
    throw new Failure("request_mismatch");
  }
  const { store } = context;
  const { officeId, signingKey, ageRecipient, replica } = request;
  if (isRevoked(store, officeId, fingerprintOf(request))) throw new Failure("request_key_revoked");
  store.transaction(() => {
    if (replica === undefined || replica !== readLink(store, officeId)?.peer_replica) forgetDatabase(store, officeId);
    updateLink(store, officeId, {
      state: "active",
      signing_key: signingKey,
      age_recipient: ageRecipient,
      fingerprint: fingerprintOf(request),
      key_since: localDate(context.now()),
      nonce: null,
    });
  });
}

/** Offices and settings with their history. */
function cityWideSets(log: Log): ChangeSet[] {
  const found: ChangeSet[] = [];
  for (const { contents } of log.blocks(0, log.end())) {
    const sets = contents.kind === "set" ? [contents.set] : openPacked(contents.packed).toSets();
    for (const set of sets) {
      const records = set.records.filter(({ entity }) => entity === "office" || entity === "setting");
      if (records.length > 0) found.push({ ...set, records });
    }
  }
  return found;
}
