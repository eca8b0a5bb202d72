/** The program as one plain object, for programs that run without the test runner. */

import { verifyStore } from "#features/verify.ts";
import { Journal, newId } from "#journal/journal.ts";
import { parseVersions } from "#journal/versions.ts";
import { backupTo } from "#store/backup.ts";
import { openStore } from "#store/open.ts";
import { exportBundle } from "#sync/export.ts";
import { importBundle } from "#sync/import.ts";
import { waitingRows } from "#sync/waiting.ts";
import type { Program } from "../convergence/program.ts";

export const plainProgram: Program = {
  isNewer: false,
  Journal,
  newId,
  backupTo,
  parseVersions,
  exportBundle,
  waitingRows,
  importBundle,
  verifyStore,
  open: openStore,
};
