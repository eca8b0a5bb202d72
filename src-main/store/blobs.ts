/**
 * Contents of attachments as files: FOLDER/ab/abcd…, named by the SHA-256 of what is in them. A content is written
 * once, whoever refers to it, is whole on the disk before a record refers to it, and is never changed or deleted.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolderSafely, writeFileSafely } from "./safe-write.ts";

const HASH = /^[0-9a-f]{64}$/;
const DAMAGED = ".damaged";

export type BlobCheck = { sound: string[]; damaged: string[] };
export type BlobCopy = { copied: number; bytes: number; damaged: number };

/** True for 64 hexadecimal digits: what a record of another office calls a hash never becomes a path otherwise. */
export function isHash(text: string): boolean {
  return HASH.test(text);
}

export class Blobs {
  /** Hashes on the disk; read once, since no other program writes here. */
  private found: Set<string> | null = null;

  constructor(readonly folder: string) {}

  has(hash: string): boolean {
    return this.hashes.has(hash);
  }

  get hashes(): ReadonlySet<string> {
    this.found ??= this.look();
    return this.found;
  }

  /** Looks at the disk anew with the next question: another thread has written. */
  forget(): void {
    this.found = null;
  }

  /** Size in bytes; null when the content is not here. */
  sizeOf(hash: string): number | null {
    if (!this.has(hash)) return null;
    const size = statSync(this.pathOf(hash), { throwIfNoEntry: false })?.size;
    if (size === undefined) this.note(hash, false);
    return size ?? null;
  }

  /**
   * Keeps a content and returns its hash; a content that is here and sound is not written again. When it returns,
   * the file has been read back and would survive a power cut. Throws Failure disk_full or folder_unusable.
   */
  write(bytes: Uint8Array): string {
    const hash = sha256(bytes);
    if (this.has(hash) && this.read(hash) !== null) return hash;
    makeFolderSafely(join(this.folder, hash.slice(0, 2)));
    writeFileSafely(this.pathOf(hash), bytes);
    this.note(hash, true);
    return hash;
  }

  /**
   * The content, checked against its hash; null when it is not here. A damaged file counts as not here: it is set
   * aside under another name, so that the next exchange brings the content again.
   */
  read(hash: string): Buffer | null {
    if (!this.has(hash)) return null;
    try {
      const bytes = readFileSync(this.pathOf(hash));
      if (sha256(bytes) === hash) return bytes;
      this.setAside(hash);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      this.note(hash, false);
    }
    return null;
  }

  /** Reads every file and compares it with its name; damaged ones are set aside. */
  async check(): Promise<BlobCheck> {
    this.found = this.look();
    const result: BlobCheck = { sound: [], damaged: this.listFiles(DAMAGED) };
    for (const hash of [...this.found].sort()) {
      if (sha256(await readFile(this.pathOf(hash))) === hash) {
        result.sound.push(hash);
      } else {
        this.setAside(hash);
        result.damaged.push(hash);
      }
    }
    return result;
  }

  /** Copies what `target` does not hold yet, into the same layout. Throws Failure disk_full or folder_unusable. */
  async copyTo(target: string): Promise<BlobCopy> {
    const copy = new Blobs(target);
    const result: BlobCopy = { copied: 0, bytes: 0, damaged: 0 };
    for (const hash of [...this.hashes].sort()) {
      // Lets other calls of the window through between two files.
      await new Promise((resolve) => setImmediate(resolve));
      const size = copy.sizeOf(hash);
      if (size !== null && size === this.sizeOf(hash)) continue;
      const bytes = this.read(hash);
      if (bytes === null) {
        result.damaged++;
        continue;
      }
      copy.write(bytes);
      result.copied++;
      result.bytes += bytes.length;
    }
    return result;
  }

  private setAside(hash: string): void {
    renameSync(this.pathOf(hash), `${this.pathOf(hash)}${DAMAGED}`);
    this.note(hash, false);
  }

  private note(hash: string, isHere: boolean): void {
    if (isHere) this.found?.add(hash);
    else this.found?.delete(hash);
  }

  private pathOf(hash: string): string {
    return join(this.folder, hash.slice(0, 2), hash);
  }

  /** Also sweeps away what a write left half done when the process ended; nobody may be writing meanwhile. */
  private look(): Set<string> {
    for (const name of this.listFiles(".part")) rmSync(`${this.pathOf(name)}.part`, { force: true });
    return new Set(this.listFiles(""));
  }

  /** Hashes of the files with this ending. */
  private listFiles(ending: string): string[] {
    return subfoldersOf(this.folder).flatMap((name) =>
      readdirSync(join(this.folder, name))
        .filter((file) => file.endsWith(ending))
        .map((file) => file.slice(0, file.length - ending.length))
        .filter((hash) => isHash(hash) && hash.startsWith(name)),
    );
  }
}

function subfoldersOf(folder: string): string[] {
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return isThere ? readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/.test(name)) : [];
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
