/** What the system or SQLite says of the disk below a database, as a failure a clerk can act on. */
import { dirname } from "node:path";
import { Failure } from "#domain/failure.ts";
import { isDiskFull } from "./safe-write.ts";

/**
 * By the error's code, which is all that comes over from the thread of an import:
 * Failure disk_full, disk_failing, database_busy, database_damaged or folder_unusable; null for what the disk has no
 * part in. `path`: of the database.
 */
export function storageFailure(error: unknown, path: string): Failure | null {
  if (isDiskFull(error)) return new Failure("disk_full");
  const { code = "" } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === "EIO") return new Failure("disk_failing");
  if (code.startsWith("SQLITE_BUSY")) return new Failure("database_busy");
  if (code.startsWith("SQLITE_IOERR")) return new Failure("disk_failing");
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) return new Failure("database_damaged", { path });
  if (code.startsWith("SQLITE_CANTOPEN") || code.startsWith("SQLITE_READONLY")) {
    return new Failure("folder_unusable", { folder: dirname(path), reason: "数据库文件打不开或不能写入" });
  }
  return null;
}
