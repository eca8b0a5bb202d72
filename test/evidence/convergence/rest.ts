/** The end of a history: everybody exchanges with everybody until nothing waits any more. */
import { readyLink } from "#sync/links.ts";
import type { History } from "./history.ts";
import type { Machine } from "./machine.ts";

/** A restored tree of three levels needs a handful of rounds; more means that something never settles. */
const ROUNDS = 16;
const CLONE_ROUNDS = 8;

export async function comeToRest(history: History): Promise<void> {
  await history.upgradeAll();
  while (history.post.underway.length > 0) await history.post.deliverAny();
  await findCopies(history);
  for (let round = 0; !(await isQuiet(history)); round++) {
    if (round === ROUNDS) throw new Error(`no rest after ${ROUNDS} rounds: something is sent again and again`);
  }
  const waiting = history.all().filter((machine) => machine.waiting.length > 0 && parkedIn(machine) > 0);
  for (const machine of waiting) history.tell(`${machine.name} still has bundles parked`);
}

/** One more round: whether nothing was sent or left aside in it, and nobody's program says that something waits. */
async function isQuiet(history: History): Promise<boolean> {
  const { counts } = history.post;
  const parkedBefore = counts.parked;
  const sent = await exchange(history);
  return (
    sent === 0 && counts.parked === parkedBefore && history.all().every((machine) => waits(history, machine) === 0)
  );
}

function waits(history: History, { program, context, store, office }: Machine): number {
  const links = history.neighbours(office).map((peer) => readyLink(store, peer));
  return links.reduce((sum, link) => sum + program.waitingRows(context, link), 0);
}

/** Both PCs of one database go on working and exchanging; the neighbours must notice. */
async function findCopies(history: History): Promise<void> {
  const twice = () => [...history.machines.values()].filter((machines) => machines.length > 1);
  for (let round = 0; twice().length > 0; round++) {
    if (round === CLONE_ROUNDS) {
      const names = twice().map((machines) => machines.map(({ name }) => name).join(" and "));
      throw new Error(`silent clone: nobody noticed ${names.join(", ")}`);
    }
    for (const machine of twice().flat()) {
      // Two PCs with one database never act in the same millisecond.
      history.time.now += 1000;
      history.act(machine);
    }
    await exchange(history);
  }
}

/** One round from the streets up to the city and down again; returns the record changes that were sent. */
async function exchange(history: History): Promise<number> {
  history.tell("— a round of exchange");
  let sent = 0;
  for (const isUp of [true, false]) {
    const offices = isUp ? [...history.offices].reverse() : history.offices;
    for (const office of offices) {
      const peers = isUp
        ? history.offices.filter(({ id }) => id === office.parent)
        : history.offices.filter(({ parent }) => parent === office.id);
      for (const peer of peers) sent += await exchangeOnce(history, office.id, peer.id);
    }
  }
  return sent;
}

async function exchangeOnce(history: History, from: string, to: string): Promise<number> {
  let sent = 0;
  for (const sender of [...(history.machines.get(from) ?? [])]) {
    if (!history.machines.get(from)?.includes(sender)) continue;
    const carried = await history.post.export(sender, to);
    if (!carried) continue;
    sent += carried.recordChanges;
    for (const receiver of [...(history.machines.get(to) ?? [])]) {
      if (history.machines.get(to)?.includes(receiver)) await history.post.deliver(carried, receiver);
    }
  }
  return sent;
}

function parkedIn({ store }: Machine): number {
  return store.prepare("select count(*) from parked").pluck().get() as number;
}
