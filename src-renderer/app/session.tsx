/** Who and where: the session of an office that is set up, with a person at the keyboard. */
import { createContext, use } from "react";
import type { SessionState } from "#contract/setup.ts";

export type Session = SessionState & {
  office: NonNullable<SessionState["office"]>;
  person: NonNullable<SessionState["person"]>;
};

export const SessionContext = createContext<Session | null>(null);

/** The present session; only below the gate (every page is). */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession needs the gate");
  return session;
}
