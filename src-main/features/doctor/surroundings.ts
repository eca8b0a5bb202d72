/** What lies beside the database: contents of attachments, keys, free space. */
import { statSync } from "node:fs";
import { sizeText } from "#domain/attachment.ts";
import { failureText } from "#domain/failure.ts";
import type { Finding } from "#domain/health.ts";
import type { Office } from "#features/office.ts";
import { syncContext } from "#features/sync-context.ts";
import { checkAttachments } from "#store/attachments.ts";
import { freeBytes } from "#store/safe-write.ts";
import { keyProblem } from "#sync/key-problem.ts";
import { fingerprintOf } from "#sync/keys.ts";

const LITTLE_SPACE = 200 * 1024 * 1024;

export async function checkContents({ store }: Office): Promise<Finding[]> {
  const { sound, missing, damaged, orphaned } = await checkAttachments(store);
  const unused = orphaned.length > 0 ? `，其中 ${orphaned.length} 个已没有记录用到（不影响使用）` : "";
  const findings: Finding[] = [{ part: "attachments", state: "ok", text: `附件：${sound} 个完好${unused}` }];
  if (damaged.length > 0) {
    const text = `${damaged.length} 个附件文件已损坏，已移到一边：会在下一次同步时向往来单位索要；也可以从备份的附件文件夹复制回来`;
    findings.push({ part: "attachments", state: "bad", text });
  }
  if (missing.length > 0) {
    const named = missing
      .slice(0, 3)
      .map(({ name }) => `“${name}”`)
      .join("、");
    const text = `${missing.length} 个附件的内容不在本机（${named}${missing.length > 3 ? "等" : ""}）：会随后续同步包补来；长期未到的，请对方重新导出`;
    findings.push({ part: "attachments", state: "note", text });
  }
  return findings;
}

export function checkKeys(office: Office): Finding[] {
  const { keys, problem } = keyProblem(syncContext(office));
  if (problem === null && keys) {
    return [{ part: "keys", state: "ok", text: `密钥：完好，指纹 ${fingerprintOf(keys)}` }];
  }
  const codes = { missing: "keys_missing", damaged: "keys_damaged", revoked: "own_key_revoked" } as const;
  return [{ part: "keys", state: "bad", text: failureText(codes[problem ?? "damaged"]) }];
}

export function checkSpace(office: Office): Finding[] {
  const free = freeBytes(office.environment.dataFolder);
  if (free === Number.POSITIVE_INFINITY) return [{ part: "space", state: "ok", text: "磁盘空间：系统没有给出数字" }];
  const { size } = statSync(office.store.path);
  const left = `数据所在的磁盘还剩 ${sizeText(free)}`;
  if (free < LITTLE_SPACE) return [{ part: "space", state: "bad", text: `${left}，快满了：请尽快清理磁盘` }];
  // A backup or a rebuild writes the whole database once more.
  if (free < 2 * size + LITTLE_SPACE) {
    return [{ part: "space", state: "note", text: `${left}，只够再存一两份备份：请清理磁盘，或把旧备份移到别处` }];
  }
  return [{ part: "space", state: "ok", text: `${left}，够用` }];
}
