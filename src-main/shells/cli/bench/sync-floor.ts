/**
 * The floor that the exchange is held against: the same changes as plain prepared upserts into the same tables without
 * versions, packed as JSON with zstd, encrypted with age, signed with Ed25519, WAL with FULL. No log, no conflicts, no
 * scope, no authority.
 */
import { readFileSync } from "node:fs";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { Decrypter, Encrypter } from "age-encryption";
import Database from "better-sqlite3";
import type { StoredValue } from "#domain/fields.ts";
import { entityNames } from "#domain/registry.ts";
import type { Write } from "#journal/journal.ts";
import { writeFileSafely } from "#store/safe-write.ts";
import { type OfficeKeys, signBytes, verifyBytes } from "#sync/keys.ts";

type Plain = [entity: string, id: string, values: Record<string, StoredValue>];

/** Turns a copy of an office's database into the floor's. */
export function stripDatabase(path: string): void {
  const sqlite = openFloor(path);
  for (const table of ["change_log", "field_heads", "unknown_record", "exchange"]) sqlite.exec(`drop table ${table}`);
  for (const entity of entityNames) {
    sqlite.exec(`alter table ${entity} drop column versions; alter table ${entity} drop column touched_by`);
  }
  sqlite.exec("vacuum");
  sqlite.close();
}

/** With the settings of the store. */
export function openFloor(path: string): Database.Database {
  const sqlite = new Database(path);
  for (const pragma of ["journal_mode = WAL", "synchronous = FULL", "cache_size = -32768", "temp_store = MEMORY"]) {
    sqlite.pragma(pragma);
  }
  return sqlite;
}

export function plainOf({ entity, id, values }: Write): Plain {
  return [entity, id, values as Record<string, StoredValue>];
}

/** Upserts changes in the order given, each with the statement of its fields. */
export function upsertAll(sqlite: Database.Database, changes: Iterable<Plain>): void {
  const statements = new Map<string, Database.Statement>();
  for (const [entity, id, values] of changes) {
    const fields = Object.keys(values);
    const key = `${entity} ${fields.join(" ")}`;
    let statement = statements.get(key);
    if (!statement) {
      const updates = fields.map((field) => `${field} = excluded.${field}`).join(", ");
      statement = sqlite.prepare(
        `insert into ${entity} (id, ${fields.join(", ")}) values (?, ${fields.map(() => "?").join(", ")})
         on conflict (id) do update set ${updates}`,
      );
      statements.set(key, statement);
    }
    statement.run(id, ...fields.map((field) => values[field]));
  }
}

/** Reads the changed fields back from the tables, packs, encrypts, signs and writes them to `path`. */
export async function exportFloor(
  sqlite: Database.Database,
  changes: readonly Plain[],
  keys: OfficeKeys,
  recipient: string,
  path: string,
): Promise<number> {
  const rows = changes.map(([entity, id, values]): Plain => {
    const fields = Object.keys(values).join(", ");
    const row = sqlite.prepare(`select ${fields} from ${entity} where id = ?`).get(id);
    return [entity, id, row as Plain[2]];
  });
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const ciphertext = await encrypter.encrypt(zstdCompressSync(JSON.stringify(rows)));
  const bytes = Buffer.concat([signBytes(keys, ciphertext), ciphertext]);
  writeFileSafely(path, bytes);
  return bytes.length;
}

/** Verifies, decrypts, unpacks and upserts a file of exportFloor in one transaction. */
export async function importFloor(
  sqlite: Database.Database,
  path: string,
  signingKey: string,
  identity: string,
): Promise<void> {
  const bytes = readFileSync(path);
  const [signature, ciphertext] = [bytes.subarray(0, 64), bytes.subarray(64)];
  if (!verifyBytes(signingKey, ciphertext, signature)) throw new Error("the floor's signature is wrong");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const rows = JSON.parse(zstdDecompressSync(await decrypter.decrypt(ciphertext)).toString("utf8")) as Plain[];
  sqlite.transaction(() => upsertAll(sqlite, rows)).immediate();
}
