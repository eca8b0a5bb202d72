/**
 * Words that offices write in their own sheets, and the registry values they unambiguously mean. Only the
 * spreadsheet import reads them; words that may mean two things are left out, and the original is kept.
 */
import type { Stage } from "./values.ts";

/** The five batches (五个“一批”, S2) as notices and ledgers word a project's state. */
const stageWords: Record<Stage, readonly string[]> = {
  planned: ["谋划", "储备", "谋划储备", "推介", "洽谈", "签约", "入驻签约", "已签约", "意向"],
  preparatory: [
    "前期",
    "推进前期",
    "拟开工",
    "计划开工",
    "计划新开工",
    "拟新开工",
    "开工准备",
    "环评受理",
    "环评公示",
    "待开工",
    "未开工",
  ],
  started: ["开工", "已开工", "新开工", "开复工", "复工"],
  under_construction: ["在建", "续建", "建设中", "施工中"],
  in_production: ["投产", "已投产", "建成投产", "竣工投产", "试运营", "运营", "开通运营", "投运", "投入使用"],
};

/** Other wordings per field and key of its enumeration. */
const enumWords: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  list2_kind: {
    carry_over: ["续建", "结转", "结转续建"],
    new_start: ["新开工", "拟新开工", "当年新开工"],
    in_preparation: ["前期", "推进前期"],
    new_reserve: ["谋划", "储备", "谋划储备", "新谋划"],
  },
  sector: {
    modern_services: ["服务业"],
    social: ["社会民生", "民生"],
  },
  grade: {
    provincial: ["省", "省级", "省重点", "省重点项目", "省级重点项目"],
    municipal: ["市", "市级", "市重点", "市重点项目", "市级重点项目"],
    district: ["区", "区级", "县级", "区重点", "区县级重点", "区级重点项目"],
    ordinary: ["否", "非重点", "普通", "其他"],
  },
  lists: {
    list_major_works: ["重大工程", "若干重大工程(市级重点)项目清单", "市级重点"],
    list_over_100m: ["亿元以上重大投资项目清单", "亿元以上项目"],
    list_strategic_emerging: ["战新", "战略性新兴产业投资项目清单"],
    list_platform_economy: ["平台经济项目清单"],
    list_signed_to_land: ["已签约拟落地项目清单", "签约拟落地"],
    list_central_funds: ["中央资金项目清单"],
  },
  stage: stageWords,
};

/** The stage a state's wording stands for, brackets aside ("洽谈(拟投资)"); null when it is not unambiguous. */
export function stageOfStatus(status: string): Stage | null {
  const word = plain(status).replace(/\(.*\)$/, "");
  const found = Object.entries(stageWords).find(([, words]) => words.includes(word));
  return found ? (found[0] as Stage) : null;
}

/** The key of an enumeration that a text means: its label, the key itself, or one of the field's other words. */
export function enumKeyOf(field: string, labels: Readonly<Record<string, string>>, text: string): string | null {
  const word = plain(text);
  for (const [key, label] of Object.entries(labels)) {
    if (word === plain(label) || text === key) return key;
  }
  for (const [key, words] of Object.entries(enumWords[field] ?? {})) {
    if (words.some((other) => plain(other) === word)) return key;
  }
  return null;
}

function plain(text: string): string {
  return text.normalize("NFKC").replaceAll(/\s/g, "");
}
