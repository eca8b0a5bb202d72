/** The state of the data on a printed sheet: how recent the bundles are that its projects came with. */
import { subtreeIds } from "#domain/office-tree.ts";
import type { Office } from "#features/office.ts";
import { readLinks } from "#sync/links.ts";

/**
 * "数据截至 2026-11-20 中山区第12号同步包" for projects managed by the offices `officeIds`. Where several
 * children report them, the longest unheard one counts; children never heard are counted in words. Projects of
 * this office itself are as recent as its own ledger, today.
 */
export function dataStateOf(office: Office, officeIds: Iterable<string>): string {
  const { offices } = office;
  const managing = new Set(officeIds);
  const children = readLinks(office.store).filter(
    (link) =>
      link.role === "child" &&
      link.state === "active" &&
      [...subtreeIds(offices, link.peer_id)].some((id) => managing.has(id)),
  );
  const received = children
    .flatMap((link) => (link.received_at === null ? [] : [{ ...link, at: link.received_at }]))
    .sort((left, right) => (left.at < right.at ? -1 : 1));
  const oldest = received[0];
  const silent = children.length - received.length;
  const missing = silent > 0 ? `，另有 ${silent} 个单位未报` : "";
  if (!oldest) return `数据截至 ${office.today} ${office.self.name}本机台账${missing}`;
  const others = received.length > 1 ? `等 ${received.length} 个单位同步包` : "同步包";
  return `数据截至 ${oldest.at.slice(0, 10)} ${oldest.peer_name}第${oldest.received_number}号${others}${missing}`;
}
