/**
 * The store: one SQLite file, opened by one program. Kysely builds and types the queries; they run
 * synchronously, so a command reads, checks and writes in one transaction that nothing can interleave.
 */
import { dirname, join } from "node:path";
import type { Database, Statement } from "better-sqlite3";
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { pinyinKey } from "#domain/pinyin.ts";
import { Blobs } from "./blobs.ts";
import type { StoreLock } from "./lock.ts";
import type { Tables } from "./tables.ts";

/** Builds queries against the tables; it has no connection of its own. */
export const query = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

type Compilable<O> = { compile(): CompiledQuery<O> };

const STATEMENT_CACHE = 400;
const REMEMBERED_KEYS = 50_000;

export class Store {
  /** Contents of attachments, as files beside the database. */
  readonly blobs: Blobs;
  /** How many transactions were taken back: what was read in them may not be remembered. */
  rolledBack = 0;
  private readonly statements = new Map<string, Statement>();

  constructor(
    readonly sqlite: Database,
    readonly path: string,
    private readonly lock?: StoreLock,
  ) {
    this.blobs = new Blobs(join(dirname(path), "attachments"));
    const keys = new Map<string, string>();
    // For sorting by texts that have no stored key; the few distinct values of a column are worked out once.
    sqlite.function("pinyin_key", { deterministic: true }, (value: unknown) => {
      if (typeof value !== "string") return null;
      const key = keys.get(value) ?? pinyinKey(value);
      if (keys.size < REMEMBERED_KEYS) keys.set(value, key);
      return key;
    });
  }

  /** All rows of a select (or of a statement with `returning`). */
  all<O>(statement: Compilable<O>): O[] {
    const { sql, parameters } = statement.compile();
    return this.prepare(sql).all(...parameters) as O[];
  }

  /** The first row of a select, or undefined. */
  first<O>(statement: Compilable<O>): O | undefined {
    const { sql, parameters } = statement.compile();
    return this.prepare(sql).get(...parameters) as O | undefined;
  }

  /** Runs an insert, update or delete; returns the number of changed rows. */
  run(statement: Compilable<unknown>): number {
    const { sql, parameters } = statement.compile();
    return this.prepare(sql).run(...parameters).changes;
  }

  /** A prepared statement, cached by its text. */
  prepare(sql: string): Statement {
    const cached = this.statements.get(sql);
    if (cached) return cached;
    if (this.statements.size >= STATEMENT_CACHE) this.statements.clear();
    const statement = this.sqlite.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }

  /** Runs `work` in one immediate transaction: all of it, or nothing when it throws. Nests as a savepoint. */
  transaction<T>(work: () => T): T {
    try {
      return this.sqlite.transaction(work).immediate();
    } catch (error) {
      this.rolledBack++;
      throw error;
    }
  }

  /** Runs `work` in a transaction, or not at all while another connection writes: for what can as well be done later. */
  unlessBusy(work: () => void): void {
    try {
      this.transaction(work);
    } catch (error) {
      if ((error as { code?: string }).code !== "SQLITE_BUSY") throw error;
    }
  }

  /** Runs `work`, which writes temporary tables only, on one state of the database. Waits for no writer. */
  snapshot<T>(work: () => T): T {
    return this.sqlite.transaction(work).deferred();
  }

  /** Another number whenever another connection has written since. */
  get version(): number {
    return this.prepare("pragma data_version").pluck().get() as number;
  }

  /**
   * Runs `work` while the secondary indexes of `tables` are away and builds them once afterwards, which is several
   * times cheaper than keeping them up to date row by row when work writes most of the tables' rows. Inside a
   * transaction: a failure brings the indexes back with everything else.
   */
  withoutIndexes<T>(tables: readonly string[], work: () => T): T {
    const restore = this.takeIndexes(tables);
    const result = work();
    restore();
    return result;
  }

  /** Takes the secondary indexes of `tables` away; the result builds them again. */
  takeIndexes(tables: readonly string[]): () => void {
    if (tables.length === 0) return () => undefined;
    const indexes = this.sqlite
      .prepare(
        `select name, sql from sqlite_master where type = 'index' and sql is not null
         and tbl_name in (select value from json_each(?))`,
      )
      .all(JSON.stringify(tables)) as { name: string; sql: string }[];
    for (const { name } of indexes) this.sqlite.exec(`drop index ${name}`);
    return () => {
      for (const { sql } of indexes) this.sqlite.exec(sql);
    };
  }

  readMeta(key: string): string | undefined {
    return this.first(query.selectFrom("meta").select("value").where("key", "=", key))?.value;
  }

  writeMeta(key: string, value: string): void {
    this.run(
      query
        .insertInto("meta")
        .values({ key, value })
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ value })),
    );
  }

  close(): void {
    this.statements.clear();
    this.sqlite.close();
    this.lock?.release();
  }
}
