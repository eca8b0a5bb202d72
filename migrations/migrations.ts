/** All migrations, in order. A released migration is never edited: add the next one. */
import type { Migration } from "kysely/migration";
import * as journal from "./0001-journal.ts";
import * as ledger from "./0002-ledger.ts";
import * as links from "./0003-links.ts";
import * as keys from "./0004-keys.ts";
import * as attachments from "./0005-attachments.ts";
import * as lives from "./0006-lives.ts";
import * as month from "./0007-month.ts";
import * as widerIndexes from "./0008-wider-indexes.ts";
import * as checksums from "./0009-checksums-of-own-acts.ts";

export const migrations: Record<string, Migration> = {
  "0001-journal": journal,
  "0002-ledger": ledger,
  "0003-links": links,
  "0004-keys": keys,
  "0005-attachments": attachments,
  "0006-lives": lives,
  "0007-month": month,
  "0008-wider-indexes": widerIndexes,
  "0009-checksums-of-own-acts": checksums,
};
