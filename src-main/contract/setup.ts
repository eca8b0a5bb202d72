/** First run, enrolment and the person at the keyboard. */
import { type } from "@orpc/contract";
import { z } from "zod";
import type { Row } from "#domain/registry.ts";
import { file, id, madeFile, procedure, reading } from "./base.ts";
import type { KeyProblem } from "./keys.ts";

export type SessionState = {
  version: string;
  /** "electron" or "browser": decides how folders are picked. */
  shell: "electron" | "browser";
  dataFolder: string;
  today: string;
  /** Absent until the office is set up. */
  office: Row<"office"> | null;
  isDemo: boolean;
  /** Active people of this office. */
  people: Row<"person">[];
  /** The person at the keyboard; null until chosen. */
  person: Row<"person"> | null;
  /** True while this office has joined (or joined again) but its parent has not yet sent a bundle for its keys. */
  awaitingParent: boolean;
  /** Why nothing can be exchanged; null when the keys are well. */
  keyProblem: KeyProblem | null;
};

export type InvitationSummary = {
  parentName: string;
  officeName: string;
  officeLevel: string;
  /** Short fingerprint of the parent's keys, read aloud on the phone. */
  fingerprint: string;
  expiresOn: string;
};

const founder = { personName: z.string().trim().min(1).max(40), duty: z.string().trim().max(60) };

export const setup = {
  state: reading.output(type<SessionState>()),
  createCityHub: procedure.input(z.object(founder)).output(type<void>()),
  inspectInvitation: reading.input(z.object({ file })).output(type<InvitationSummary>()),
  /** Joins with an invitation; returns the 加入申请 file to carry back to the parent. */
  join: procedure.input(z.object({ file, ...founder })).output(madeFile),
  /** The join request again, for a clerk who lost the file. */
  joinRequest: procedure.output(type<{ file: File; fingerprint: string }>()),
  createDemo: procedure.output(type<void>()),
  /** Chooses the person at the keyboard. A later release adds a password here. */
  choosePerson: reading.input(z.object({ personId: id })).output(type<void>()),
};
