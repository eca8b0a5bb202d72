/**
 * The office tree a new city hub starts with: the 2023 statistical divisions of Dalian (counties, towns and
 * streets with their codes) and the pilot zones, which have no code of their own. The city
 * edits the tree later on the page 单位与设定.
 */
import type { Values } from "#domain/registry.ts";
import divisions from "./divisions-2023.json" with { type: "json" };

type FoundingOffice = { id: string; values: Values<"office"> };

export const CITY_ID = "2102";

/** Pilot zones with the names ledgers use for them and the streets they administer. */
const pilotZones: {
  id: string;
  name: string;
  aliases: string;
  streets: (code: string) => boolean;
  division?: string;
}[] = [
  {
    id: "2102-jinpu",
    name: "金普新区",
    aliases: "金州区、金州新区、保税区、大连保税区、普湾新区、普湾、普湾(金普新区)、金普新区(保税区)、开发区",
    streets: (code) => code.startsWith("210213"),
    division: "210213",
  },
  {
    id: "2102-gaoxin",
    name: "高新区",
    aliases: "大连高新区、高新技术产业园区、高新园区",
    streets: (code) => ["210211016", "210211021", "210212006", "210212402"].includes(code),
  },
  {
    id: "2102-changxingdao",
    name: "长兴岛",
    aliases: "长兴岛经济区、长兴岛经济技术开发区、西中岛",
    streets: (code) => ["210281009", "210281011"].includes(code),
  },
  {
    id: "2102-huayuankou",
    name: "花园口",
    aliases: "花园口经济区、北黄海经济区、北黄海、大连北黄海经济开发区",
    streets: (code) => code === "210283005",
  },
  { id: "2102-taipingwan", name: "太平湾", aliases: "太平湾合作创新区、太平湾沿海经济区", streets: () => false },
];

/** Every office of the tree, the city first, parents before children. */
export function foundingOffices(): FoundingOffice[] {
  const zoneOf = (code: string) => pilotZones.find((zone) => zone.streets(code));
  const rows = divisions as [string, string, string][];
  const counties = rows.filter(([code]) => code.length === 6 && !pilotZones.some((zone) => zone.division === code));
  const townships = rows.filter(([code]) => code.length === 9);
  return [
    {
      id: CITY_ID,
      values: { name: "大连市发展改革委", level: "city", kind: "city", division_code: CITY_ID, aliases: "大连市" },
    },
    ...counties.map(
      ([code, name]): FoundingOffice => ({
        id: code,
        values: { name, level: "district", kind: "district_government", parent_id: CITY_ID, division_code: code },
      }),
    ),
    ...pilotZones.map(
      ({ id, name, aliases, division }): FoundingOffice => ({
        id,
        values: {
          name,
          level: "district",
          kind: "pilot_zone_committee",
          parent_id: CITY_ID,
          division_code: division ?? null,
          aliases,
        },
      }),
    ),
    ...townships.map(
      ([code, name, county]): FoundingOffice => ({
        id: code,
        values: {
          name,
          level: "street",
          kind: "street_office",
          parent_id: zoneOf(code)?.id ?? county,
          division_code: code,
        },
      }),
    ),
  ];
}
