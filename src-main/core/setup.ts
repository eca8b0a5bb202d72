/** First run: found a city hub, join by invitation, or open the demo; then the person at the keyboard. */

import type { InferContractRouterInputs, InferContractRouterOutputs } from "@orpc/contract";
import type { setup as contract, SessionState } from "#contract/setup.ts";
import { localDate } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { officeLevels } from "#domain/values.ts";
import { fillDemo } from "#features/demo/demo.ts";
import { Office } from "#features/office.ts";
import { CITY_ID, foundingOffices } from "#features/setup/founding-offices.ts";
import { syncContext } from "#features/sync-context.ts";
import type { Actor } from "#journal/change-set.ts";
import { newId, type Write } from "#journal/journal.ts";
import { query, type Store } from "#store/store.ts";
import { acceptInvitation, makeRequest, readInvitation, requireJoining } from "#sync/enrolment.ts";
import { keyProblem } from "#sync/key-problem.ts";
import { createKeys, fingerprintOf, type OfficeKeys, readKeys } from "#sync/keys.ts";
import type { CoreState } from "./core-state.ts";

type Setup = typeof contract;
type SetupHandlers = {
  [K in keyof Setup & string]: (
    state: CoreState,
    input: InferContractRouterInputs<Setup>[K],
  ) => InferContractRouterOutputs<Setup>[K] | Promise<InferContractRouterOutputs<Setup>[K]>;
};

type Founder = { personName: string; duty: string };

/** The handlers of the contract's setup slice; they work before there is an office. */
export function setupHandlers(): SetupHandlers {
  return {
    state: (state) => sessionState(state),

    createCityHub: async (state, founder) => {
      requireFresh(state);
      await createKeys(state.options.dataFolder, today(state));
      founding(state, () => foundCity(state, founder));
    },

    inspectInvitation: async (state, { file }) => {
      requireFresh(state);
      const invitation = readInvitation(await file.bytes(), file.name, today(state));
      requireJoining(invitation, file.name);
      const { parent, office, expiresOn } = invitation;
      return {
        parentName: parent.name,
        officeName: office.name,
        officeLevel: officeLevels[office.level],
        fingerprint: fingerprintOf(parent),
        expiresOn,
      };
    },

    join: async (state, { file, ...founder }) => {
      requireFresh(state);
      const invitation = readInvitation(await file.bytes(), file.name, today(state));
      requireJoining(invitation, file.name);
      const keys = await createKeys(state.options.dataFolder, today(state));
      const { id: officeId, name: officeName } = invitation.office;
      const context = { ...state.options, store: state.store, journal: state.journal, officeId, officeName };
      founding(state, () => {
        acceptInvitation(context, invitation, file.name);
        enterOffice(state, founder, officeId, officeName, []);
      });
      return requestFile(openedOffice(state), keys, founder.personName).file;
    },

    joinRequest: (state) => {
      const office = openedOffice(state);
      const keys = readKeys(state.options.dataFolder);
      return requestFile(office, keys, office.person?.name ?? "");
    },

    createDemo: async (state) => {
      requireFresh(state);
      await createKeys(state.options.dataFolder, today(state));
      founding(state, () => {
        foundCity(state, { personName: "张示例", duty: "投资科科员" });
        fillDemo(openedOffice(state));
        state.store.writeMeta("demo", "1");
      });
    },

    choosePerson: (state, { personId }) => openedOffice(state).choosePerson(personId),
  };
}

/** Founds the office in one transaction; when it fails, there is no office, in the file and in memory. */
function founding(state: CoreState, work: () => void): void {
  try {
    state.store.transaction(work);
  } catch (error) {
    state.office = null;
    throw error;
  }
}

function sessionState(state: CoreState): SessionState {
  const { options, office, store } = state;
  const people = office
    ? store.all(
        query
          .selectFrom("person")
          .selectAll()
          .where("office_id", "=", office.id)
          .where("archived_on", "is", null)
          .orderBy("id"),
      )
    : [];
  const parent = store.first(query.selectFrom("link").select("nonce").where("role", "=", "parent"));
  return {
    version: options.version,
    shell: options.shell,
    dataFolder: options.dataFolder,
    today: today(state),
    office: office?.self ?? null,
    isDemo: store.readMeta("demo") === "1",
    people,
    person: office?.person ?? null,
    awaitingParent: typeof parent?.nonce === "string",
    keyProblem: office && keyProblem({ store, dataFolder: options.dataFolder, officeId: office.id }).problem,
  };
}

function foundCity(state: CoreState, founder: Founder): void {
  const offices = foundingOffices();
  const city = offices[0];
  if (!city) throw new Error("the founding tree is empty");
  const writes: Write[] = offices.map(({ id, values }) => ({ entity: "office", id, values }));
  state.store.writeMeta("office_id", CITY_ID);
  enterOffice(state, founder, CITY_ID, String(city.values.name), writes);
}

/** Records the office's first person (and, for the city, the office tree) and opens the office for that person. */
function enterOffice(state: CoreState, founder: Founder, officeId: string, officeName: string, writes: Write[]): void {
  const personId = newId("person");
  const actor: Actor = { officeId, officeName, personId, personName: founder.personName };
  const person: Write = {
    entity: "person",
    id: personId,
    values: { office_id: officeId, name: founder.personName, duty: founder.duty || null, is_secretary: 0 },
  };
  state.journal.write(actor, "found_office", [...writes, person]);
  state.office = new Office(state.store, state.journal, officeId, state.options);
  state.office.choosePerson(personId);
}

function requestFile(office: Office, keys: OfficeKeys, personName: string): { file: File; fingerprint: string } {
  const { bytes, fileName, fingerprint } = makeRequest(syncContext(office), keys, personName);
  return { file: new File([Buffer.from(bytes)], fileName, { type: "application/json" }), fingerprint };
}

function openedOffice(state: CoreState): Office {
  if (!state.office) throw new Failure("office_not_set_up");
  return state.office;
}

function requireFresh(state: CoreState): void {
  if (isSetUp(state.store)) throw new Failure("office_already_set_up");
}

function isSetUp(store: Store): boolean {
  return store.readMeta("office_id") !== undefined;
}

function today(state: CoreState): string {
  return localDate(state.options.now());
}
