/**
 * One program per database: a lock on a file of its own beside it, so that a second connection of the same program
 * may still read. The system lets go of it when the process ends, however it ends.
 */
import Database from "better-sqlite3";

/** Holds the lock of a database until it is released. */
export class StoreLock {
  private constructor(private readonly sqlite: Database.Database) {}

  /** Takes the lock for the database at `path`. Throws SqliteError SQLITE_BUSY while another program has it. */
  static take(path: string): StoreLock {
    const sqlite = new Database(path.replace(/(\.db)?$/, ".lock"), { timeout: 0 });
    try {
      // Nothing is ever written: the file stays empty, and needs no journal.
      sqlite.pragma("journal_mode = OFF");
      sqlite.exec("begin exclusive");
      return new StoreLock(sqlite);
    } catch (error) {
      sqlite.close();
      throw error;
    }
  }

  release(): void {
    this.sqlite.close();
  }
}
