/**
 * Joining again with the database kept: this office lost its keys, or its parent did. The parent's new invitation is
 * taken in beside the data, both sides compare the fingerprint, and what was not acknowledged is sent again.
 */
import { localDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { query } from "#store/store.ts";
import type { SyncContext } from "./context.ts";
import type { Invitation } from "./enrolment.ts";
import { renewKeys } from "./key-change.ts";
import { keyProblem } from "./key-problem.ts";
import { isRevoked, revokeKeys, takeFromParent } from "./key-revocation.ts";
import { formerKey, noteFormerKey } from "./key-sender.ts";
import { createKeys, fingerprintOf, type OfficeKeys, readKeys } from "./keys.ts";
import { type Link, updateLink } from "./links.ts";
import { dropParkedOf } from "./parking.ts";

/**
 * The invitation must be this office's parent's, for this office, and not an old one.
 * Throws Failure not_found (no parent), invitation_foreign, invitation_used.
 */
export function checkRenewal({ store, officeId, officeName }: SyncContext, { parent, office }: Invitation): Link {
  const link = store.first(query.selectFrom("link").selectAll().where("role", "=", "parent"));
  if (!link) throw new Failure("not_found", { what: "上级单位" });
  if (office.id !== officeId || parent.id !== link.peer_id) {
    throw new Failure("invitation_foreign", { from: parent.name, office: office.name, here: officeName });
  }
  const fingerprint = fingerprintOf(parent);
  if (isRevoked(store, parent.id, fingerprint) || formerKey(store, parent.id, fingerprint)) {
    throw new Failure("invitation_used");
  }
  return link;
}

/**
 * Takes up the parent's keys and its list of revoked ones. When that list names our own key, or the invitation asks
 * for a request and we have no keys, new ones are made. Returns our keys. Throws the failures of checkRenewal.
 */
export async function acceptRenewal(
  context: SyncContext,
  invitation: Invitation,
  fileName: string,
): Promise<OfficeKeys> {
  const { store, dataFolder } = context;
  const { parent, purpose, nonce, expiresOn } = invitation;
  const today = localDate(context.now());
  const fingerprint = fingerprintOf(parent);
  const before = store.transaction(() => {
    const link = checkRenewal(context, invitation);
    if (link.signing_key && link.age_recipient && link.fingerprint !== fingerprint) {
      // Nothing that the parent made with the lost keys is waited for: it sends again what we have not acknowledged.
      const lost = { signingKey: link.signing_key, ageRecipient: link.age_recipient };
      noteFormerKey(store, parent.id, lost, { replacedOn: today, replica: link.peer_replica ?? "", number: 0 });
    }
    takeFromParent(context, parent.id, parent.signingKey, invitation.revocations, fileName);
    updateLink(store, parent.id, {
      state: "active",
      signing_key: parent.signingKey,
      age_recipient: parent.ageRecipient,
      fingerprint,
      key_since: today,
      // The parent may have forgotten our database: offer everything until its receipt says what it has.
      ...(purpose === "join" && { nonce, expires_on: expiresOn, acked_position: 0, acked_number: 0 }),
    });
    return link.fingerprint;
  });
  if (before !== fingerprint) dropParkedOf(context, parent.id);
  if (purpose === "renew") return readKeys(dataFolder);
  const { keys, problem } = keyProblem(context);
  if (keys === null) return createKeys(dataFolder, today);
  return problem === "revoked" ? renewKeys(dataFolder, keys, today) : keys;
}

/**
 * New keys for an office whose keys.json is lost or spoilt. The lost keys go on the list of revoked ones as far as
 * peers used them. Every peer must then be reached anew. Throws Failure keys_usable.
 */
export async function remakeKeys(context: SyncContext): Promise<OfficeKeys> {
  const { store, dataFolder, officeId } = context;
  const today = localDate(context.now());
  const { keys: present, problem } = keyProblem(context);
  if (problem === null) throw new Failure("keys_usable");
  const keys = present ? await renewKeys(dataFolder, present, today) : await createKeys(dataFolder, today);
  const known = store.all(query.selectFrom("link").select("our_key").distinct().where("our_key", "is not", null));
  const lost = known.map(({ our_key }) => our_key ?? "");
  store.transaction(() => revokeKeys(context, officeId, lost, "密钥文件丢失或损坏"));
  return keys;
}
