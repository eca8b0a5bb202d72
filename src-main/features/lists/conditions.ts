/** Filters in words, as a printed list says what it was narrowed to. */
import type { ProjectFilter } from "#contract/ledger.ts";
import { lights, lists, stages } from "#domain/values.ts";
import type { Office } from "#features/office.ts";
import { query } from "#store/store.ts";

export function officeCondition(office: Office, officeId: string | undefined): string[] {
  const name = office.offices.find(({ id }) => id === officeId)?.name;
  return name === undefined ? [] : [name];
}

export function personCondition(office: Office, personId: string | undefined): string[] {
  if (personId === undefined) return [];
  if (personId === "none") return ["没有服务秘书"];
  const person = office.store.first(query.selectFrom("person").select("name").where("id", "=", personId));
  return [`服务秘书 ${person?.name ?? ""}`];
}

export function searchCondition(search: string | undefined): string[] {
  return search?.trim() ? [`搜索“${search.trim()}”`] : [];
}

/** Every part of a project filter. */
export function projectConditions(office: Office, filter: ProjectFilter): string[] {
  const visitDays = office.settings["visit.overdueDays"];
  return [
    ...searchCondition(filter.search),
    ...officeCondition(office, filter.officeId),
    ...(filter.stages ?? []).map((stage) => stages[stage]),
    ...(filter.lights ?? []).map((light) => lights[light]),
    ...personCondition(office, filter.secretaryId),
    ...(filter.list ? [`${lists[filter.list]}清单`] : []),
    ...(filter.incompleteOnly ? ["项目卡待补"] : []),
    ...(filter.lacksSecretary ? ["应配未配服务秘书"] : []),
    ...(filter.unvisitedOnly ? [`到期未走访（${visitDays === null ? "天数未设定" : `${visitDays} 天`}）`] : []),
    ...(filter.openIssuesOnly ? ["有未解决问题"] : []),
    ...(filter.archived ? ["已归档的项目"] : []),
    ...(filter.ids ? [`选定的 ${filter.ids.length} 个项目`] : []),
  ];
}
