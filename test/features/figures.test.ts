/** The figures kept beside the tables are those that the tables give from scratch, whatever was written and by whom. */
import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { ProjectFilter } from "#contract/ledger.ts";
import { addDays } from "#domain/calendar.ts";
import { Failure } from "#domain/failure.ts";
import { dalianProfiles, type LightProfiles } from "#domain/light-profiles.ts";
import type { EntityName } from "#domain/registry.ts";
import { type Basis, basisOf, basisOn } from "#features/figures/basis.ts";
import { figuresInPortions, figuresOn } from "#features/figures/figures.ts";
import { figuresSource } from "#features/figures/source.ts";
import { maintenance } from "#features/maintenance.ts";
import { filtersByFigures } from "#features/projects/filter.ts";
import { listProjects } from "#features/projects/list.ts";
import { projects } from "#features/projects/projects.ts";
import { sortsByFigures } from "#features/projects/sort.ts";
import { Journal, newId, type Write } from "#journal/journal.ts";
import { rebuildTables } from "#journal/rebuild.ts";
import { openBeside } from "#store/open.ts";
import { query, type Store } from "#store/store.ts";
import { type Desk, openDesk, STREET, TODAY } from "../helpers/office.ts";
import { logOf, openReplica, type Replica, receive } from "../helpers/replica.ts";

const SEED = 22112026;

/** A desk and another office's database, which knows the same projects and people. */
type World = { desk: Desk; other: Replica; ids: Record<string, string[]> };

async function openWorld(): Promise<World> {
  const desk = await openDesk();
  desk.store.sqlite.pragma("synchronous = OFF");
  const other = await openReplica("other");
  other.store.sqlite.pragma("synchronous = OFF");
  const world: World = { desk, other, ids: { person: [desk.person] } };
  for (const name of ["甲项目", "乙项目", "丙项目"]) {
    create(world, desk, "project", { name, office_id: STREET, annual_plan_investment: 1200, started_on: "2026-03-01" });
  }
  create(world, desk, "person", { name: "李样本", office_id: STREET, is_secretary: 1 });
  for (const [place, project_id] of (world.ids.project ?? []).entries()) {
    const month = `2026-${10 + place}`;
    create(world, desk, "node", { project_id, name: "项目开工", planned_on: `${month}-11`, audit_state: "draft" });
    create(world, desk, "visit", { project_id, person_id: desk.person, visited_on: `${month}-05`, form: "visit" });
    const person_id = some(world, "person", place);
    create(world, desk, "assignment", { project_id, person_id, role: "lead", from_on: `${month}-02` });
    create(world, desk, "monthly_progress", { project_id, month, completed_investment: 70 + place });
    create(world, desk, "annual_plan", { project_id, year: 2026, planned_investment: 500 + place });
    create(world, desk, "fund", {
      project_id,
      name: "专项债",
      year: 2026,
      source: "special_bond",
      arranged: 50,
      paid: place,
    });
  }
  receive(other, logOf(desk));
  return world;
}

type Place = Pick<Replica, "journal" | "actor" | "clock">;

function write({ desk, other }: World, at: Place, entity: EntityName, id: string, values: object): number | null {
  desk.clock.now += 1000;
  other.clock.now = desk.clock.now;
  return at.journal.write(at.actor, "create_project", [{ entity, id, values } as Write])?.number ?? null;
}

function create(world: World, at: Place, entity: EntityName, values: object): void {
  const id = newId(entity, values as Record<string, unknown>);
  world.ids[entity] = [...(world.ids[entity] ?? []), id];
  write(world, at, entity, id, values);
}

const place = fc.nat(20);
const some = (world: World, entity: EntityName, at: number) => {
  const ids = world.ids[entity] ?? [];
  return ids[at % Math.max(1, ids.length)] ?? "";
};
const day = fc.integer({ min: -70, max: 40 }).map((offset) => addDays(TODAY, offset));
const month = fc.constantFrom("2026-08", "2026-10", "2026-11", "2026-12");
const money = fc.integer({ min: 0, max: 900 });

type Act = (world: World) => void;
/** What either office may write. */
const writing: fc.Arbitrary<(world: World, at: Place) => void> = fc.oneof(
  fc
    .record({
      of: place,
      planned_on: day,
      actual_on: fc.option(day),
      planned_month: fc.option(month),
      isStart: fc.boolean(),
    })
    .map(({ of, isStart, ...values }) => (world: World, at: Place) => {
      const name = isStart ? "项目开工" : "施工许可证";
      create(world, at, "node", { project_id: some(world, "project", of), name, audit_state: "approved", ...values });
    }),
  fc.record({ of: place, visited_on: day }).map(({ of, visited_on }) => (world: World, at: Place) => {
    const values = { person_id: some(world, "person", 0), visited_on, form: "visit" };
    create(world, at, "visit", { project_id: some(world, "project", of), ...values });
  }),
  fc
    .record({ of: place, by: place, from_on: day, to_on: fc.option(day) })
    .map(({ of, by, ...days }) => (world: World, at: Place) => {
      const values = { person_id: some(world, "person", by), role: "lead", ...days };
      create(world, at, "assignment", { project_id: some(world, "project", of), ...values });
    }),
  fc
    .record({ of: place, month, planned_investment: money, completed_investment: money })
    .map(({ of, ...values }) => (world: World, at: Place) => {
      create(world, at, "monthly_progress", { project_id: some(world, "project", of), ...values });
    }),
  fc.record({ of: place, planned_investment: money }).map(({ of, planned_investment }) => (world: World, at: Place) => {
    create(world, at, "annual_plan", { project_id: some(world, "project", of), year: 2026, planned_investment });
  }),
  fc.record({ of: place, arranged: money, paid: money }).map(({ of, ...values }) => (world: World, at: Place) => {
    create(world, at, "fund", {
      project_id: some(world, "project", of),
      name: "专项债",
      year: 2026,
      source: "special_bond",
      ...values,
    });
  }),
  fc.constant((world: World, at: Place) =>
    create(world, at, "person", { name: "李样本", office_id: STREET, is_secretary: 1 }),
  ),
  // A record goes to another project, changes, or is archived.
  fc
    .record({
      entity: fc.constantFrom<EntityName>("node", "visit", "assignment", "monthly_progress", "fund", "annual_plan"),
      of: place,
      values: fc.oneof(place, day, fc.constant(null)),
    })
    .map(({ entity, of, values }) => (world: World, at: Place) => {
      const id = some(world, entity, of);
      if (id === "") return;
      const archived = { archived_on: values };
      write(
        world,
        at,
        entity,
        id,
        typeof values === "number" ? { project_id: some(world, "project", values) } : archived,
      );
    }),
  fc
    .record({ of: place, name: fc.constantFrom("赵示例", "安样本") })
    .map(({ of, name }) => (world: World, at: Place) => {
      write(world, at, "person", some(world, "person", of), { name });
    }),
  fc
    .record({ of: place, owner: fc.constantFrom("业主", null), started_on: day })
    .map(({ of, ...values }) => (world: World, at: Place) => {
      write(world, at, "project", some(world, "project", of), values);
    }),
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: writing.map((doIt) => (world: World) => doIt(world, world.desk)) },
  { weight: 4, arbitrary: writing.map((doIt) => (world: World) => doIt(world, world.other)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Act>(
      ({ desk, other }) => void receive(desk, logOf(other)),
      ({ desk, other }) => {
        // As the thread of an import does: over a connection of its own.
        const store = openBeside(desk.store.path);
        store.sqlite.pragma("synchronous = OFF");
        store.transaction(() => new Journal(store, "importer", () => desk.clock.now).ingestSets(logOf(other), "peer"));
        store.close();
      },
      ({ desk, other }) => void receive(other, logOf(desk)),
      ({ desk }) => void maintenance.undo(desk.office, { changeSet: desk.journal.log.end() }),
      (world) => void projects.archive(world.desk.office, { id: some(world, "project", 1) }),
      (world) => void projects.restore(world.desk.office, { id: some(world, "project", 1) }),
      ({ desk }) => rebuildTables(desk.store),
      // Between two looks at the figures more or less may happen.
      ({ desk }) => void kept(desk.store, basisOn(desk.office, TODAY)),
    ),
  },
);

const byId = (left: unknown[], right: unknown[]) => (String(left[0]) < String(right[0]) ? -1 : 1);

/** Rows as they were put in: the slot first. */
function kept(store: Store, basis: Basis): unknown[][] {
  const { sql: text, parameters } = sql`select * from ${figuresOn(store, basis)}`.compile(query);
  const rows = store.sqlite
    .prepare(text)
    .raw()
    .all(...parameters) as unknown[][];
  return rows.map(([_, ...row]) => row).sort(byId);
}

function fromScratch(store: Store, basis: Basis): unknown[][] {
  const { sql: text, parameters } = figuresSource(basis, null).compile(query);
  return (
    store.sqlite
      .prepare(text)
      .raw()
      .all(...parameters) as unknown[][]
  ).sort(byId);
}

/** What is archived takes no edits, and not everything can be undone; nothing else may go wrong. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

const everyDimension: LightProfiles = {
  ...dalianProfiles,
  investment: "yinchuan",
  fund: "tianjin",
  stats: "yinchuan",
  start: "yinchuan",
};

test("figures follow every act, import, undo and rebuild as if they were worked out from scratch", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), async (acts) => {
      const world = await openWorld();
      const { store, office } = world.desk;
      const rules = { ...office.lightRules, profiles: everyDimension, fundRequiredPercent: 50 };
      const bases = [basisOn(office, TODAY), basisOf(office, "2026-10"), { ...basisOn(office, TODAY), rules }];
      for (const basis of bases) kept(store, basis);
      for (const each of acts) {
        attempt(() => each(world));
      }
      for (const basis of bases) expect(kept(store, basis)).toEqual(fromScratch(store, basis));
    }),
    { seed: SEED, numRuns: 60 },
  );
});

test("figures made a portion at a time are the same, whatever is written or asked for meanwhile", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), fc.nat(3), async (acts, askedAfter) => {
      const world = await openWorld();
      const { store, office } = world.desk;
      const basis = basisOn(office, TODAY);
      const portions = figuresInPortions(store, basis, 1);
      for (const [place, each] of acts.entries()) {
        portions.next();
        if (place === askedAfter) kept(store, basis);
        attempt(() => each(world));
      }
      for (const _ of portions);
      expect(kept(store, basis)).toEqual(fromScratch(store, basis));
    }),
    { seed: SEED, numRuns: 60 },
  );
});

test("every kind of record that figures are made from brings them up to date", async () => {
  const world = await openWorld();
  const { store, office } = world.desk;
  const rules = {
    ...office.lightRules,
    profiles: { ...dalianProfiles, fund: "tianjin" as const },
    fundRequiredPercent: 50,
  };
  const basis = { ...basisOn(office, TODAY), rules };
  create(world, world.desk, "person", { name: "钱演示", office_id: STREET, is_secretary: 1 });
  const person_id = world.ids.person?.at(-1) ?? "";
  const project_id = newId("project");
  const loan = { name: "专项债", year: 2026, source: "special_bond", arranged: 100, paid: 0 };
  // In this order: each changes what the ones before it left.
  const writes: [EntityName, string, object][] = [
    ["project", project_id, { name: "丁项目", office_id: STREET }],
    ["fund", newId("fund"), { project_id, ...loan }],
    ["node", newId("node"), { project_id, name: "施工许可证", planned_on: "2026-11-20", audit_state: "draft" }],
    ["visit", newId("visit"), { project_id, person_id, visited_on: "2026-11-10", form: "visit" }],
    ["assignment", newId("assignment"), { project_id, person_id, role: "lead", from_on: "2026-11-01" }],
    ["person", person_id, { name: "安样本" }],
    ["annual_plan", newId("annual_plan"), { project_id, year: 2026, planned_investment: 700 }],
    ["monthly_progress", newId("monthly_progress"), { project_id, month: "2026-11", completed_investment: 30 }],
  ];
  for (const [entity, id, values] of writes) {
    const before = kept(store, basis);
    write(world, world.desk, entity, id, values);
    const after = kept(store, basis);
    expect([entity, after]).toEqual([entity, fromScratch(store, basis)]);
    expect([entity, after]).not.toEqual([entity, before]);
  }
});

test("more days and months than are kept at a time come out right", async () => {
  const world = await openWorld();
  const { store, office } = world.desk;
  const months = ["01", "02", "03", "04", "05", "06", "07", "08", "09"].map((each) => basisOf(office, `2026-${each}`));
  for (const basis of [...months, ...months]) {
    create(world, world.desk, "monthly_progress", {
      project_id: some(world, "project", 0),
      month: `${basis.month}`,
      completed_investment: 5,
    });
    expect(kept(store, basis)).toEqual(fromScratch(store, basis));
  }
});

test("the ledger asks figures where it says so and nowhere else, so that most of its lists never wait for them", async () => {
  const { desk } = await openWorld();
  const asked = (filter: ProjectFilter, column?: string) => {
    desk.store.sqlite.exec("drop table if exists temp.figures; drop table if exists temp.figures_slot");
    const sort = column === undefined ? undefined : { column, descending: false };
    listProjects(desk.office, filter, TODAY, sort, 0, 10);
    return desk.store.sqlite.prepare("select 1 from temp.sqlite_master where name = 'figures'").get() !== undefined;
  };
  const plain = ["name", "owner", "office_name", "total_investment", "stage", "as_of"];
  const computed = ["light", "last_visit_on", "annual_plan", "node_progress", "secretaries"];
  for (const column of [undefined, ...plain, ...computed]) {
    expect([column, asked({}, column)]).toEqual([column, sortsByFigures(column)]);
  }
  expect(computed.every(sortsByFigures)).toBe(true);
  const filters: ProjectFilter[] = [
    { officeId: STREET },
    { stages: ["started"] },
    { search: "甲" },
    { secretaryId: desk.person },
    { openIssuesOnly: true },
    { archived: true },
    { lights: ["red"] },
    { incompleteOnly: true },
    { secretaryId: "none" },
    { unvisitedOnly: true },
    { lacksSecretary: true },
  ];
  for (const filter of filters) expect([filter, asked(filter)]).toEqual([filter, filtersByFigures(filter)]);
  expect(filters.filter(filtersByFigures)).toHaveLength(5);
});
