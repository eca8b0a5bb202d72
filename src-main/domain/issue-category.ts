/** A first guess of an issue's category from the words of its title; the clerk sees and may change it. Categories: S2 S3. */
import type { IssueCategory } from "./values.ts";

/** The first that matches counts, so narrower words come before wider ones. */
const words: readonly [RegExp, IssueCategory][] = [
  [/林地|林木|占林/, "forest_land"],
  [/动迁|拆迁|征收补偿|搬迁|回迁/, "relocation"],
  [/征地|占地|征占|土地征/, "land_acquisition"],
  [/管线施工|管网施工|迁改/, "pipe_works"],
  [/管网|管线|供水|供热|供气|燃气|排水|污水|雨水|自来水/, "municipal_pipes"],
  [/供电|电力|用电|变电|线路|交通|道路|海运|铁路|航道/, "external_conditions"],
  [/重做|重新办理手续|重办/, "permit_redo"],
  [/进口|报关|设备备案/, "equipment_import"],
  [/产业认定|高新技术企业|认定/, "industry_recognition"],
  [/占道|噪声|扬尘|周边|居民|扰民/, "surroundings"],
  [/安全|食堂|工人/, "safety_and_canteen"],
  [/资金|融资|贷款|银行|欠款|付款/, "finance"],
  [/用地|用海|用能|能耗|海域|指标/, "factors"],
  [/落地|招商|引进|注册/, "landing"],
  [/手续|许可|批复|审批|要件|证|环评|规划|图审|消防/, "permits"],
];

/** The category that the words suggest; null when none does. */
export function guessCategory(title: string): IssueCategory | null {
  return words.find(([pattern]) => pattern.test(title))?.[1] ?? null;
}
