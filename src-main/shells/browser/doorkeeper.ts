/**
 * Who may talk to the loopback server: the browser that was given the one-time address, and no other page,
 * program or user of this machine that merely knows the port.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

export type Doorkeeper = {
  /** Goes into the printed address; works once. */
  readonly token: string;
  /** Exchanges the token for the value of Set-Cookie; null when it is wrong or was used before. */
  exchange(token: string | null, port: number): string | null;
  /** Whether the request carries this start's session cookie. */
  knows(request: IncomingMessage, port: number): boolean;
};

export function createDoorkeeper(): Doorkeeper {
  const token = randomBytes(32).toString("base64url");
  const session = randomBytes(32).toString("base64url");
  let used = false;
  return {
    token,
    exchange(given, port) {
      if (used || given === null || !same(given, token)) return null;
      used = true;
      return `${cookieName(port)}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    knows(request, port) {
      const cookies = (request.headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
      const prefix = `${cookieName(port)}=`;
      return cookies.some((cookie) => cookie.startsWith(prefix) && same(cookie.slice(prefix.length), session));
    },
  };
}

/** Cookies ignore ports: the name keeps two programs on one machine (three offices of a drill) apart. */
function cookieName(port: number): string {
  return `lianxinqiao-${port}`;
}

function same(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
