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
import { fingerprintOf, type OfficeKeys, publicKeysSchema } from "./keys.ts";
import { readLink } from "./links.ts";
import { openText, sealText } from "./signed-file.ts";

const VALID_DAYS = 30;

const officeName = z.string().max(200);
const invitationSchema = z.object({
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
});
export type Invitation = z.infer<typeof invitationSchema>;

const requestSchema = publicKeysSchema.extend({
  officeId: z.string().max(80),
  officeName,
  nonce: z.string().length(32),
  personName: z.string().max(80),
  madeAt: z.string().max(40),
});
export type JoinRequest = z.infer<typeof requestSchema>;

/** Makes the invitation of a direct child and remembers its nonce. */
export function makeInvitation(context: SyncContext, keys: OfficeKeys, officeId: string) {
  const { store } = context;
  const office = store.first(query.selectFrom("office").selectAll().where("id", "=", officeId));
  if (!office || office.parent_id !== context.officeId) throw new Failure("not_found", { what: "下级单位" });
  if (readLink(store, officeId)?.state === "active") throw new Failure("already_enrolled", { office: office.name });
  const today = localDate(context.now());
  const nonce = randomBytes(16).toString("hex");
  const expiresOn = addDays(today, VALID_DAYS);
  const invitation: Invitation = {
    parent: {
      id: context.officeId,
      name: context.officeName,
      signingKey: keys.signingKey,
      ageRecipient: keys.ageRecipient,
    },
    office: { id: office.id, name: office.name, level: office.level, kind: office.kind },
    nonce,
    madeOn: today,
    expiresOn,
    sets: cityWideSets(context.journal.log),
  };
  const link = {
    peer_name: office.name,
    role: "child" as const,
    state: "invited" as const,
    nonce,
    expires_on: expiresOn,
  };
  store.run(
    query
      .insertInto("link")
      .values({ peer_id: officeId, ...link })
      .onConflict((conflict) => conflict.column("peer_id").doUpdateSet(link)),
  );
  return {
    fileName: `连心桥邀请-${office.name}.lxq-invite`,
    bytes: sealText("lianxinqiao-invitation", invitation, keys),
    fingerprint: fingerprintOf(keys),
    expiresOn,
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

/** Sets up the new office from its invitation: city-wide records and the link to the parent. */
export function acceptInvitation(context: SyncContext, invitation: Invitation, fileName: string): void {
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
      }),
    );
    store.writeMeta("office_id", office.id);
  });
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
  };
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

/** Admits the office; `fingerprint` is what the clerk confirmed on the phone. */
export function admitOffice(context: SyncContext, request: JoinRequest, fingerprint: string): void {
  if (fingerprint.replaceAll(" ", "") !== fingerprintOf(request).replaceAll(" ", "")) {
    throw new Failure("request_mismatch");
  }
  context.store.run(
    query
      .updateTable("link")
      .set({
        state: "active",
        signing_key: request.signingKey,
        age_recipient: request.ageRecipient,
        fingerprint: fingerprintOf(request),
        nonce: null,
      })
      .where("peer_id", "=", request.officeId),
  );
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
