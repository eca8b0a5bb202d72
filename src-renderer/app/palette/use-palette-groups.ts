import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { SEPARATOR, searchKey, searchNeedle } from "#domain/pinyin.ts";
import { entries } from "#renderer/app/navigation.tsx";
import { api } from "#renderer/app/rpc.ts";
import { useActiveShortcuts } from "#renderer/app/shortcuts.ts";
import { type PaletteGroup, type PaletteItem, paletteActs } from "./palette-items.ts";

const FOUND = 8;
const PAUSE_MS = 100;

/** The lines for what is typed; `isBehind` until the core has answered it. */
export function usePaletteGroups(wanted: string): { groups: PaletteGroup[]; isBehind: boolean } {
  const navigate = useNavigate();
  const [asked] = useDebouncedValue(wanted, PAUSE_MS);
  const input = { search: asked, limit: FOUND };
  const enabled = asked !== "";
  const projects = useQuery({
    ...api.projects.find.queryOptions({ input }),
    enabled,
    placeholderData: (before) => before,
  });
  const people = useQuery({ ...api.people.find.queryOptions({ input }), enabled, placeholderData: (before) => before });
  const items = useOwnItems();
  const needle = searchNeedle(wanted);
  const matching = items
    .filter(({ key }) => key.includes(needle))
    .map(({ item, key }) => ({ ...item, starts: key.split(SEPARATOR).some((text) => text.startsWith(needle)) }))
    .sort((left, right) => Number(right.starts) - Number(left.starts));
  const isBehind =
    wanted !== asked || (enabled && (projects.isPlaceholderData || people.isPlaceholderData || projects.isPending));
  const found =
    wanted === ""
      ? []
      : [
          {
            title: "项目",
            items: (projects.data ?? []).map(
              ({ id, name, officeName }): PaletteItem => ({
                id: `project ${id}`,
                label: name,
                hint: officeName,
                run: () => void navigate({ to: "/projects/$projectId", params: { projectId: id } }),
              }),
            ),
          },
          {
            title: "人员",
            items: (people.data ?? []).map(
              ({ id, name, officeName }): PaletteItem => ({
                id: `person ${id}`,
                label: name,
                hint: officeName,
                run: () => void navigate({ to: "/people", search: { personId: id } }),
              }),
            ),
          },
        ];
  const acts = { title: "操作", items: matching.filter(({ id }) => !id.startsWith("page ")) };
  const pages = { title: "页面", items: matching.filter(({ id }) => id.startsWith("page ")) };
  // The program's own words first, there are few of them; a page before acts when only it begins with what is typed.
  const isPage = !acts.items.some(({ starts }) => starts) && pages.items.some(({ starts }) => starts);
  const own = isPage ? [pages, acts] : [acts, pages];
  return { groups: [...own, ...found].filter(({ items }) => items.length > 0), isBehind };
}

/** Acts by key on this page, acts that start elsewhere, and the pages of the menu, with what they are found by. */
function useOwnItems(): { item: PaletteItem; key: string }[] {
  const navigate = useNavigate();
  const shortcuts = useActiveShortcuts();
  return useMemo(() => {
    const byKey = shortcuts
      .filter(({ keys }) => keys !== "Ctrl+K")
      .map(({ keys, label, run }) => ({ item: { id: `key ${keys}`, label, hint: keys, run }, words: "" }));
    const elsewhere = paletteActs
      .filter(({ label }) => byKey.every(({ item }) => item.label !== label))
      .map(({ label, words = "", target }) => ({
        item: { id: `act ${label}`, label, run: () => void navigate(target) },
        words,
      }));
    const pages = entries.map(({ to, label }) => ({
      item: { id: `page ${to}`, label, run: () => void navigate({ to }) },
      words: "打开",
    }));
    return [...byKey, ...elsewhere, ...pages].map(({ item, words }) => ({
      item,
      key: searchKey(`${item.label} ${words}`),
    }));
  }, [shortcuts, navigate]);
}
