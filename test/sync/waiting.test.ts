/** What a link is owed, counted on from what was counted before. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Link, readyLink } from "#sync/links.ts";
import { outgoing } from "#sync/outgoing.ts";
import { childScope } from "#sync/scope.ts";
import { countWaiting, type Waiting, waitingRows } from "#sync/waiting.ts";
import { logOf } from "../helpers/replica.ts";
import {
  CITY,
  carry,
  createNode,
  createProject,
  DISTRICT,
  openNetwork,
  record,
  STREET,
  send,
  type TestOffice,
} from "./network.ts";

const acts = ["create", "edit", "node", "move", "up", "down", "lost"] as const;

function countOn({ context, store }: TestOffice, peer: string, known: Waiting | undefined): Waiting {
  const counting = countWaiting(context, readyLink(store, peer), known);
  for (;;) {
    const { done, value } = counting.next();
    if (done) return value;
  }
}

test("counted on from before, it is what it is from scratch and what an export carries, whatever was written, moved, sent and received", async () => {
  const { city, district } = await openNetwork();
  let grown = 0;
  const history = fc.array(fc.tuple(fc.constantFrom(...acts), fc.nat(), fc.constantFrom(CITY, DISTRICT, STREET)), {
    minLength: 10,
    maxLength: 25,
  });
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const projects: string[] = [];
      let known: Waiting | undefined;
      for (const [act, choice, office] of steps) {
        city.clock.now += 1000;
        district.clock.now = city.clock.now;
        const project = projects[choice % projects.length];
        if (act === "up") await carry(district, city).catch(onlyNothingToSay);
        else if (act === "down") await carry(city, district).catch(onlyNothingToSay);
        else if (act === "lost") await send(city, district).catch(onlyNothingToSay);
        else if (act === "create" || project === undefined) projects.push(createProject(city, `项目${choice}`, office));
        else if (act === "node") createNode(city, project, `节点${choice}`);
        else {
          const values = { edit: { owner: `业主${choice}` }, move: { office_id: office } };
          record(city, [{ entity: "project", id: project, values: values[act] }]);
        }
        const before = known;
        known = countOn(city, DISTRICT, known);
        const link = readyLink(city.store, DISTRICT);
        expect(known.records).toBe(waitingRows(city.context, link));
        expect(known.records).toBe(outgoing(city.context, link, city.journal.log.end()).records);
        expect(admitted(city, link, true)).toEqual(admitted(city, link, false));
        if (before && before.link === known.link && before.end < known.end) grown++;
      }
    }),
    { numRuns: 20 },
  );
  expect(grown).toBeGreaterThan(20);
});

/** Of every record change in the log whether the link's scope admits it, with owners read before or one by one. */
function admitted({ store, journal }: TestOffice, link: Link, isReadBefore: boolean): boolean[] {
  const scope = childScope(store, journal.log, link);
  if (isReadBefore) for (const _ of scope.readOwners());
  return logOf({ journal }).flatMap(({ records }, place) => records.map((record) => scope.admits(record, place + 1)));
}

function onlyNothingToSay(error: Error) {
  expect(error.message).toContain("没有需要发给");
}
