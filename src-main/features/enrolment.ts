/** Inviting and admitting the offices below this one. */
import type { offices as contract } from "#contract/office.ts";
import { localDateTime } from "#domain/calendar.ts";
import { admitOffice, makeInvitation, readRequest } from "#sync/enrolment.ts";
import { fingerprintOf, readKeys } from "#sync/keys.ts";
import type { Handlers } from "./handlers.ts";
import { syncContext } from "./sync-context.ts";

type Enrolment = Pick<typeof contract, "invite" | "inspectRequest" | "admit">;

export const enrolment: Handlers<Enrolment> = {
  invite: (office, { officeId }) => {
    // Whoever invites must be known: the invitation opens the office's records to others.
    void office.actor;
    const made = makeInvitation(syncContext(office), readKeys(office.environment.dataFolder), officeId);
    return {
      file: new File([Buffer.from(made.bytes)], made.fileName, { type: "application/json" }),
      fingerprint: made.fingerprint,
      expiresOn: made.expiresOn,
    };
  },

  inspectRequest: async (office, { file }) => {
    const request = readRequest(syncContext(office), await file.bytes(), file.name);
    return {
      officeId: request.officeId,
      officeName: request.officeName,
      personName: request.personName,
      fingerprint: fingerprintOf(request),
      madeAt: localDateTime(Date.parse(request.madeAt)),
    };
  },

  admit: async (office, { file, fingerprint }) => {
    void office.actor;
    const context = syncContext(office);
    admitOffice(context, readRequest(context, await file.bytes(), file.name), fingerprint);
  },
};
